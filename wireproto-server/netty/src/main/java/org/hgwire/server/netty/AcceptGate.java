// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import java.util.ArrayDeque;
import java.util.Queue;
import org.hgwire.server.http.Place;
import org.hgwire.server.http.ServerBudget;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections in as far as there are places for them. When one has to wait, no more are
 * accepted: they wait in the operating system. Meanwhile idle connections give way, and requests
 * that keep the server waiting.
 */
// A failed close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class AcceptGate extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Place> PLACE = AttributeKey.valueOf(AcceptGate.class, "place");

  /** One buffer that waits is enough: the next is pulled while the operating system sends it. */
  static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

  /** How much is read from a connection at a time, in bytes: what one holds before it is used. */
  private static final int MAX_READ = 16 * 1024;

  private final ServerBudget budget;
  private final Queue<Arrival> arrivals = new ArrayDeque<>();
  private @Nullable Deadline retry;

  /** A connection that has no place yet. */
  private record Arrival(Channel connection, Place place) {}

  AcceptGate(ServerBudget budget) {
    this.budget = budget;
  }

  /** Returns what listens and passes the connections that have a place to {@code newcomers}. */
  static ServerBootstrap bootstrap(ServerBudget budget, ChannelHandler newcomers) {
    return new ServerBootstrap()
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .option(ChannelOption.SO_REUSEADDR, true)
        .handler(new AcceptGate(budget))
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(1024, 2048, MAX_READ))
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
        .childHandler(newcomers);
  }

  /** Notes whether a connection only waits for its client, which has no open request. */
  static void clientAwaited(Channel connection, boolean awaited) {
    Place place = connection.attr(PLACE).get();
    if (place != null) {
      if (awaited) {
        place.clientAwaited();
      } else {
        place.clientNotAwaited();
      }
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    retry = new Deadline(context.executor(), () -> letIn(context));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof Channel connection)) {
      context.fireChannelRead(message);
      return;
    }
    Place place = budget.connections().enter(null, connection::close);
    connection.attr(PLACE).set(place);
    connection.closeFuture().addListener(closed -> place.close());
    arrivals.add(new Arrival(connection, place));
    letIn(context);
  }

  private void letIn(ChannelHandlerContext context) {
    Arrival first = arrivals.peek();
    while (first != null && first.place().isTaken()) {
      arrivals.remove();
      context.fireChannelRead(first.connection());
      first = arrivals.peek();
    }
    boolean open = arrivals.isEmpty();
    if (!open) {
      budget.connectionsWait(arrivals.size());
    }
    if (context.channel().config().isAutoRead() != open) {
      context.channel().config().setAutoRead(open);
    }
    if (!open && retry != null) {
      retry.set(ServerBudget.RETRY.toNanos());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arrivals.forEach(arrival -> arrival.connection().unsafe().closeForcibly());
    arrivals.forEach(arrival -> arrival.place().close());
    arrivals.clear();
    context.fireChannelInactive();
  }
}
