// SPDX-License-Identifier: Apache-2.0
package com.example.servlet;

import java.net.InetSocketAddress;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.security.Credential;
import org.hgwire.server.AccessControl;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.AccessLog;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.hgwire.server.servlet.HgWireServlet;

/**
 * A Jetty that serves a repository at {@code /hg/tides} to the users {@code alice} and {@code bob};
 * only alice may push.
 */
public final class ServletHost {
  private static final String ROLE = "user";

  private ServletHost() {}

  /**
   * Starts the server.
   *
   * @param port where to listen, 0 for any free port
   */
  public static Server start(int port) throws Exception {
    MemoryRepository tides = MemoryRepository.publishing();
    tides.commit().user("alice").message("Begin").write("README", "Hello.\n").commit();

    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.byPath(Map.of("tides", tides)))
            .accessControl(accessControl())
            .listener(AccessLog.slf4j())
            .build();

    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(HgWireServlet.of(options)), "/hg/*");
    context.setSecurityHandler(basicAuthentication(Map.of("alice", "secret", "bob", "hidden")));
    Server jetty = new Server(new InetSocketAddress("127.0.0.1", port));
    jetty.setHandler(context);
    jetty.start();
    return jetty;
  }

  /** Decides by the principal, which is the user that the container has authenticated. */
  private static AccessControl accessControl() {
    return request ->
        request.permission() == Permission.PULL || "alice".equals(request.caller().userName())
            ? AccessDecision.allowed()
            : AccessDecision.refused();
  }

  /** Lets Jetty ask every request for a user name and a password. */
  private static ConstraintSecurityHandler basicAuthentication(Map<String, String> passwords) {
    UserStore users = new UserStore();
    passwords.forEach(
        (user, password) ->
            users.addUser(user, Credential.getCredential(password), new String[] {ROLE}));
    HashLoginService logins = new HashLoginService("hgwire");
    logins.setUserStore(users);

    ConstraintMapping everything = new ConstraintMapping();
    everything.setPathSpec("/*");
    everything.setConstraint(Constraint.from(ROLE));
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setAuthenticator(new BasicAuthenticator());
    security.setLoginService(logins);
    security.addConstraintMapping(everything);
    return security;
  }

  /** Runs the server at port 8000 until the process is stopped. */
  public static void main(String[] arguments) throws Exception {
    Server jetty = start(8000);
    System.out.println("listening on " + jetty.getURI().resolve("/hg/tides"));
    jetty.join();
  }
}
