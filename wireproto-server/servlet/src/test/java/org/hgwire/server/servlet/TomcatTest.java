// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRegistration;
import java.io.File;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.hgwire.core.WireLimits;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.testing.BudgetContract;
import org.hgwire.server.testing.CommandContract;
import org.hgwire.server.testing.ContentContract;
import org.hgwire.server.testing.ExchangeContract;
import org.hgwire.server.testing.HttpAdapter;
import org.hgwire.server.testing.HttpRulesContract;
import org.hgwire.server.testing.PaceContract;
import org.hgwire.server.testing.Version1Contract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract of adapters in Tomcat, at the root of everything: in the version that the system
 * property {@code tomcat.version} says, the build runs it in 10.1 and in 11.
 */
final class TomcatTest
    implements ExchangeContract,
        HttpRulesContract,
        PaceContract,
        CommandContract,
        Version1Contract,
        ContentContract,
        BudgetContract {
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  @BeforeAll
  static void logErrorsOnly() {
    LOGGER.setLevel(Level.SEVERE);
  }

  @Test
  void isTheVersionThatTheBuildWants() {
    assertThat(System.getProperty("tomcat.version")).startsWith("1");
    assertThat(ServerInfo.getServerNumber()).startsWith(System.getProperty("tomcat.version"));
  }

  @Override
  public boolean noticesClientThatLeaves() {
    return false;
  }

  @Override
  public boolean asksForBodyOnlyWhenWanted() {
    return false;
  }

  @Override
  public boolean refusesContradictingHost() {
    return true;
  }

  @Override
  public boolean refusesLengthBesidesChunks() {
    return false;
  }

  @Override
  public TomcatServer start(HttpService service, Timeouts timeouts, WireLimits limits)
      throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("target/tomcat").getAbsolutePath());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(
        (classes, host) -> {
          ServletRegistration.Dynamic registration =
              host.addServlet(
                  "hgwire",
                  HgWireServlet.builder(service).timeouts(timeouts).limits(limits).build());
          registration.setAsyncSupported(true);
          registration.addMapping("/*");
        },
        null);
    tomcat.start();
    return new TomcatServer(tomcat);
  }

  record TomcatServer(Tomcat tomcat) implements HttpAdapter.RunningServer {
    @Override
    public int port() {
      return tomcat.getConnector().getLocalPort();
    }

    @Override
    public String path() {
      return "";
    }

    @Override
    public void close() {
      try {
        tomcat.stop();
        tomcat.destroy();
      } catch (LifecycleException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
