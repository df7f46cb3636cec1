// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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

  private final ServerBudget budget;
  private final Queue<Arrival> arrivals = new ArrayDeque<>();
  private @Nullable Deadline retry;

  /** A connection that has no place yet. */
  private record Arrival(Channel connection, Place place) {}

  AcceptGate(ServerBudget budget) {
    this.budget = budget;
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
