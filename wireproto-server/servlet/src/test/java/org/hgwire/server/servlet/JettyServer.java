// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.hgwire.server.testing.HttpAdapter;

/** A Jetty with one servlet, below a context path and a servlet path that need encoding. */
record JettyServer(Server jetty, ServerConnector connector) implements HttpAdapter.RunningServer {
  private static final long STOP_MILLIS = 10_000;

  static JettyServer start(HgWireServlet servlet) throws Exception {
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/some context");
    context.addServlet(new ServletHolder(servlet), "/h\u00fcg/*");
    jetty.setHandler(context);
    jetty.start();
    return new JettyServer(jetty, connector);
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public String path() {
    return "/some%20context/h%C3%BCg";
  }

  /**
   * Stops the server. Jetty 12.1.14 sometimes waits for ever for a response that it cancels while
   * it stops; then it is left behind.
   */
  @Override
  public void close() {
    Thread stopping = new Thread(() -> LifeCycle.stop(jetty), "stop Jetty");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
