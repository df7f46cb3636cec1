// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import java.net.URI;
import org.hgwire.core.WireLimits;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.Timeouts;

/** How the server of an adapter is started. */
public interface HttpAdapter {
  /**
   * Starts a server on a free port of 127.0.0.1.
   *
   * @param service what responds
   * @param timeouts how long clients may take within a request; nothing else of the server ends a
   *     request sooner
   * @param limits how much the server does at once
   */
  RunningServer start(HttpService service, Timeouts timeouts, WireLimits limits) throws Exception;

  /** Starts a server with the default limits. */
  default RunningServer start(HttpService service, Timeouts timeouts) throws Exception {
    return start(service, timeouts, WireLimits.defaults());
  }

  /** Starts a server with the default timeouts. */
  default RunningServer start(HttpService service) throws Exception {
    return start(service, Timeouts.defaults());
  }

  /**
   * Returns whether a client that sends {@code Expect: 100-continue} gets its 100 only when the
   * exchange wants the body; not every server leaves that to its adapter.
   */
  default boolean asksForBodyOnlyWhenWanted() {
    return true;
  }

  /**
   * Returns whether the server notices over HTTP/1.1 that a client has gone although it has nothing
   * to send to it; not every server reads from a connection while it responds.
   */
  default boolean noticesClientThatLeaves() {
    return true;
  }

  /** A server that runs. */
  interface RunningServer extends AutoCloseable {
    /** Returns its port. */
    int port();

    /** Returns the path below which the service responds: empty, or with a slash before it only. */
    String path();

    /** Returns the URL of the root of the service, with a slash at the end. */
    default URI url() {
      return URI.create("http://127.0.0.1:" + port() + path() + "/");
    }

    /** Stops it; responses that run may be cut. */
    @Override
    void close();
  }
}
