// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;

/** Our client and that of hg 5.6.1, as the suite runs them. */
final class KnownClients {
  private static final RedirectPolicy LOOPBACK =
      RedirectPolicy.builder().addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1")).build();

  private KnownClients() {}

  /** Returns our client, which offers to follow no redirects. */
  static ClientUnderTest hgwireWithoutRedirects() {
    return ClientUnderTest.ofJava((url, directory) -> pull(url, directory, RedirectPolicy.OFF));
  }

  /** Returns our client, which asks once, and takes content from the suite's own address. */
  static ClientUnderTest hgwire() {
    return ClientUnderTest.ofJava((url, directory) -> pull(url, directory, LOOPBACK));
  }

  private static void pull(URI url, Path directory, RedirectPolicy redirects) throws IOException {
    PeerOptions options =
        PeerOptions.builder()
            .protocol(ProtocolVersion.VERSION_2)
            .retries(RetryPolicy.never())
            .redirects(redirects)
            .build();
    try (Peer peer = Peer.connect(url, options);
        PullSink sink = RepositorySink.open(directory.resolve("repository"))) {
      Pull.run(peer, sink);
    }
  }

  /** Returns hg 5.6.1, the last one whose client speaks version 2. */
  static ClientUnderTest mercurial() {
    String hg = RealHg.require(HgVersion.V5_6).executable().toString();
    return ClientUnderTest.ofCommand(
        List.of(
            hg, "--config", "experimental.httppeer.advertise-v2=true", "clone", "{url}", "{dir}"));
  }

  /** Returns the configuration with the known faults of {@link #mercurial}. */
  static SuiteConfiguration faultsOfMercurial() throws IOException {
    Path file = KnownServers.MATRIX.resolve("mercurial-5.6.1-client.json");
    try (InputStream input = Files.newInputStream(file)) {
      return ConfigurationReader.read(input);
    }
  }
}
