// SPDX-License-Identifier: Apache-2.0
package com.example.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URI;
import java.util.stream.Stream;
import org.hgwire.conformance.suite.ServerSuite;
import org.hgwire.conformance.suite.SuiteConfiguration;
import org.hgwire.conformance.suite.SuiteListener;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds this project's server against the protocol: each case of the suite is a test. */
final class ServerConformanceTest {
  private static HgWireServer server;
  private static URI url;

  /** Here a host starts its own server. */
  @BeforeAll
  static void start() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().message("Begin").write("README", "Hello.\n").commit();
    server =
        HgWireServer.builder(ServerOptions.builder(RepositoryResolver.atRoot(repository)).build())
            .port(0)
            .start();
    url = URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> protocol() throws Exception {
    // snippet: junit
    return ServerSuite.connect(url, SuiteConfiguration.defaults()).run(SuiteListener.NONE).stream()
        .flatMap(result -> result.cases().stream())
        .map(each -> dynamicTest(each.id(), each::requireExpected));
    // end
  }
}
