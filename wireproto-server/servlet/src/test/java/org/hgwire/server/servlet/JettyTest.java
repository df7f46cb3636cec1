// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import org.hgwire.core.WireLimits;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.testing.BudgetContract;
import org.hgwire.server.testing.CommandContract;
import org.hgwire.server.testing.ContentContract;
import org.hgwire.server.testing.ExchangeContract;
import org.hgwire.server.testing.HttpRulesContract;
import org.hgwire.server.testing.PaceContract;
import org.hgwire.server.testing.Version1Contract;

/** The contract of adapters in Jetty 12, with a context path and a servlet path. */
final class JettyTest
    implements ExchangeContract,
        HttpRulesContract,
        PaceContract,
        CommandContract,
        Version1Contract,
        ContentContract,
        BudgetContract {
  @Override
  public boolean refusesContradictingHost() {
    return true;
  }

  @Override
  public boolean noticesClientThatLeaves() {
    return false;
  }

  @Override
  public JettyServer start(HttpService service, Timeouts timeouts, WireLimits limits)
      throws Exception {
    return JettyServer.start(
        HgWireServlet.builder(service).timeouts(timeouts).limits(limits).build());
  }
}
