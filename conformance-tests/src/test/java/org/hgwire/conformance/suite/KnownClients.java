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
import org.hgwire.client.TransportFactory;
import org.hgwire.client.okhttp.OkHttpTransportFactory;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;

/** Our client and that of hg 5.6.1, as the suite runs them. */
public final class KnownClients {
  private static final RedirectPolicy LOOPBACK =
      RedirectPolicy.builder()
          .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1"))
          .allowSha1(true)
          .build();

  private KnownClients() {}

  /** Returns our client, which offers to follow no redirects. */
  static ClientUnderTest hgwireWithoutRedirects() {
    return ClientUnderTest.ofJava(
        (url, directory) ->
            pull(url, directory, options(new OkHttpTransportFactory(), RedirectPolicy.OFF)));
  }

  /**
   * Returns our client, which asks once, takes content from the suite's own address, and names all
   * hashes that it knows, so that no case is left out.
   */
  static ClientUnderTest hgwire() {
    TransportFactory transport = new OkHttpTransportFactory();
    return ClientUnderTest.ofJava((url, directory) -> pull(url, directory, transport));
  }

  /** Clones with our client over a transport. */
  public static void pull(URI url, Path directory, TransportFactory transport) throws IOException {
    pull(url, directory, options(transport));
  }

  private static void pull(URI url, Path directory, PeerOptions options) throws IOException {
    try (Peer peer = Peer.connect(url, options);
        PullSink sink = RepositorySink.open(directory.resolve("repository"))) {
      Pull.run(peer, sink);
    }
  }

  /** Returns the options of our client: it speaks version 2, and asks once. */
  public static PeerOptions options(TransportFactory transport) {
    return options(transport, LOOPBACK);
  }

  private static PeerOptions options(TransportFactory transport, RedirectPolicy redirects) {
    return PeerOptions.builder()
        .protocol(ProtocolVersion.VERSION_2)
        .retries(RetryPolicy.never())
        .transport(transport)
        .redirects(redirects)
        .build();
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
