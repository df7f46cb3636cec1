// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.util.concurrent.EventExecutor;
import org.hgwire.server.http.RequestHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how one request ended, for debugging. Used only on the event loop. */
final class RequestTrace {
  private static final Logger LOG = LoggerFactory.getLogger(RequestTrace.class);

  private final RequestHead head;
  private final EventExecutor eventLoop;
  private final long startNanos;

  RequestTrace(RequestHead head, EventExecutor eventLoop) {
    this.head = head;
    this.eventLoop = eventLoop;
    startNanos = now();
  }

  /** Logs that the connection is cut. */
  void cut(String reason) {
    LOG.debug("{} {} {}: {}", head.connection().address(), head.method(), head.target(), reason);
  }

  /** Logs the end, with the sizes of both bodies. */
  void ended(int status, long received, long sent) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} \"{} {}\" {} in={} out={} ms={}",
          head.connection().address(),
          head.method(),
          head.target(),
          status,
          received,
          sent,
          (now() - startNanos) / 1_000_000);
    }
  }

  private long now() {
    return eventLoop.ticker().nanoTime();
  }
}
