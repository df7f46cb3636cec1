// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.testing.CommandContract;
import org.hgwire.server.testing.ContentContract;
import org.hgwire.server.testing.ExchangeContract;
import org.hgwire.server.testing.PaceContract;

/** The contract of adapters in Jetty 12, with a context path and a servlet path. */
final class JettyTest implements ExchangeContract, PaceContract, CommandContract, ContentContract {
  @Override
  public JettyServer start(HttpService service, Timeouts timeouts) throws Exception {
    return JettyServer.start(service, timeouts);
  }

  record JettyServer(Server server) implements org.hgwire.server.testing.HttpAdapter.Server {
    static JettyServer start(HttpService service, Timeouts timeouts) throws Exception {
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/some context");
      context.addServlet(
          new ServletHolder(HgWireServlet.builder(service).timeouts(timeouts).build()), "/h\u00fcg/*");
      server.setHandler(context);
      server.start();
      return new JettyServer(server);
    }

    @Override
    public int port() {
      return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public String path() {
      return "/some%20context/h%C3%BCg";
    }

    @Override
    public void close() throws Exception {
      server.stop();
    }
  }
}
