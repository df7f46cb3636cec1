// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Repeats a request over several connections, each of which has one response to wait for, on one
 * thread: what it costs is little beside what a server does, so that the server is measured.
 */
final class RequestRate implements AutoCloseable {
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long MAX_SILENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);

  /** How many connections may be lost. */
  private static final int MAX_LOST = 1000;

  private final InetSocketAddress server;
  private final ByteBuffer request;
  private final Selector selector;
  private int lost;

  private RequestRate(InetSocketAddress server, ByteBuffer request) throws IOException {
    this.server = server;
    this.request = request;
    this.selector = Selector.open();
  }

  /**
   * Returns how many responses a server gives in a second, in three seconds after one to warm up.
   *
   * @throws IOException if a response is an error, or none comes for long
   */
  static double of(MeasuredServer server, BenchRequest request, int connections)
      throws IOException {
    URI url = server.url();
    try (RequestRate rate =
        new RequestRate(new InetSocketAddress(url.getHost(), url.getPort()), request.toHttp(url))) {
      for (int i = 0; i < connections; i++) {
        rate.connect();
        // The server of hg fails if its first requests come together.
        rate.responses(i == 0 ? WARM_UP_NANOS : 0);
      }
      rate.responses(WARM_UP_NANOS);
      long begin = System.nanoTime();
      return rate.responses(RATE_NANOS) / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new HttpResponseEnd());
    send(channel);
  }

  private void send(SocketChannel channel) throws IOException {
    ByteBuffer bytes = request.duplicate();
    if (channel.write(bytes) < request.remaining()) {
      throw new IOException("the request is too long to be sent at once");
    }
  }

  private long responses(long nanos) throws IOException {
    long begin = System.nanoTime();
    long[] count = {0};
    while (System.nanoTime() - begin < nanos) {
      if (selector.select(MAX_SILENCE_MILLIS) == 0) {
        throw new IOException("the server does not respond");
      }
      for (SelectionKey ready : selector.selectedKeys()) {
        count[0] += received(ready) ? 1 : 0;
      }
      selector.selectedKeys().clear();
    }
    return count[0];
  }

  /** Reads, and sends the request again if the response is complete; returns whether it is. */
  private boolean received(SelectionKey ready) throws IOException {
    SocketChannel channel = (SocketChannel) ready.channel();
    HttpResponseEnd response = (HttpResponseEnd) ready.attachment();
    boolean complete = false;
    try {
      complete = response.read(channel);
      if (complete && response.keepsConnection()) {
        response.clear();
        send(channel);
        return true;
      }
      if (!response.isClosed() && !complete) {
        return false;
      }
    } catch (IOException reset) {
      response.requireSuccess();
      // The server of hg takes few connections at once and resets the others: they do not count.
      if (++lost > MAX_LOST) {
        throw reset;
      }
    }
    channel.close();
    connect();
    return complete;
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
  }
}
