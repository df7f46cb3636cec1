// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;

/**
 * How many connections, requests and responses a server has at once, whoever the clients are: the
 * adapter to an HTTP server asks for a {@link Place} of each before it spends memory on it. Safe
 * for use by several threads.
 *
 * <p>When there is no place, what asks for one waits, and those that have kept the server waiting
 * for their client the longest give way. So clients that do nothing but hold what they have got do
 * not keep others out: an honest client is served within a few seconds. What has waited for {@link
 * #MAX_WAIT} is refused with {@link #STATUS}.
 *
 * <p>The times are fixed because they are no bounds of memory; they matter only while a limit is
 * reached.
 */
public final class ServerBudget {
  /** The status of a response that refuses a request for want of a place: Service Unavailable. */
  public static final int STATUS = 503;

  /** What {@code Retry-After} says in such a response, in seconds. */
  public static final int RETRY_AFTER_SECONDS = 5;

  /** How long a request waits for a place. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(10);

  /** After this time one that waits for a place asks again. */
  public static final Duration RETRY = Duration.ofMillis(50);

  /**
   * How long a client may leave a response unread before its exchange is {@linkplain
   * HttpExchange#pause paused}, and before it gives way to others if need be.
   */
  public static final Duration STALL = Duration.ofSeconds(2);

  /** How long a client may keep the server waiting for a request before it gives way. */
  private static final Duration LULL = Duration.ofMillis(250);

  /** How many requests give way when one was refused for want of memory. */
  private static final int RELIEF = 8;

  private final int maxOfConnection;
  private final Places connections;
  private final Places requests;
  private final Places responses;

  private ServerBudget(WireLimits limits, LongSupplier nanoTime) {
    maxOfConnection = limits.intOf(WireLimit.MAX_CONNECTION_REQUESTS);
    responses =
        places(limits, WireLimit.MAX_RESPONSES, maxOfConnection, STALL, waiting -> {}, nanoTime);
    // Requests that wait for their responses do not wait for their clients.
    requests =
        places(
            limits,
            WireLimit.MAX_OPEN_REQUESTS,
            maxOfConnection,
            LULL,
            responses::makeRoomFor,
            nanoTime);
    connections =
        places(limits, WireLimit.MAX_CONNECTIONS, Integer.MAX_VALUE, LULL, waiting -> {}, nanoTime);
  }

  private static Places places(
      WireLimits limits,
      WireLimit limit,
      int ofConnection,
      Duration patience,
      IntConsumer whenStuck,
      LongSupplier nanoTime) {
    return new Places(limits.intOf(limit), ofConnection, patience, whenStuck, nanoTime);
  }

  /**
   * Returns a new budget, of which nothing is used. Limits that were not set follow from the size
   * that the heap may grow to.
   */
  public static ServerBudget of(WireLimits limits) {
    return new ServerBudget(limits.forHeap(Runtime.getRuntime().maxMemory()), System::nanoTime);
  }

  /** Returns a budget with another clock. */
  static ServerBudget of(WireLimits limits, LongSupplier nanoTime) {
    return new ServerBudget(limits, nanoTime);
  }

  /** Returns the places of connections: {@link WireLimit#MAX_CONNECTIONS}. */
  public Places connections() {
    return connections;
  }

  /**
   * Returns the places of requests, from their heads to the ends of their responses: {@link
   * WireLimit#MAX_OPEN_REQUESTS}.
   */
  public Places requests() {
    return requests;
  }

  /**
   * Returns the places of responses, from their heads until they are sent: {@link
   * WireLimit#MAX_RESPONSES}.
   */
  public Places responses() {
    return responses;
  }

  /** Returns how many requests a connection may have open: the streams of HTTP/2. */
  public int maxOfConnection() {
    return maxOfConnection;
  }

  /** Learns that so many connections wait for a place: requests that hold others up give way. */
  public void connectionsWait(int count) {
    requests.makeRoom(count);
    responses.makeRoom(count);
  }

  /** Learns the status of a response; after a refusal for want of memory, some is made free. */
  public void responded(int status) {
    if (status == STATUS) {
      requests.makeRoom(RELIEF);
    }
  }
}
