// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import java.time.Duration;
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

/** The contract of adapters in Netty. */
final class NettyTest
    implements ExchangeContract,
        HttpRulesContract,
        PaceContract,
        CommandContract,
        Version1Contract,
        ContentContract,
        BudgetContract {
  @Override
  public NettyServer start(HttpService service, Timeouts timeouts, WireLimits limits)
      throws Exception {
    return new NettyServer(
        HgWireServer.builder(service)
            .timeouts(timeouts)
            .limits(limits)
            .grace(Duration.ofMillis(100))
            .start());
  }

  record NettyServer(HgWireServer server) implements HttpAdapter.RunningServer {
    @Override
    public int port() {
      return server.port();
    }

    @Override
    public String path() {
      return "";
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
