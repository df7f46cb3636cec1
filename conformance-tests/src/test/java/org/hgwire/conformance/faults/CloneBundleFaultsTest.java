// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where Mercurial reads manifests of clone bundles wrongly. The server sends a manifest byte for
 * byte, none of its bundles exists, and the client pulls everything from the server all the same.
 * The requests that the content host gets show which bundles the client tried.
 */
final class CloneBundleFaultsTest {
  private static final String ATTRIBUTES = " BUNDLESPEC=zstd-v2 DIGEST=sha256:" + "0".repeat(64);

  @TempDir Path temporary;
  private ContentHost host;

  @BeforeEach
  void startHost() throws IOException {
    host = ContentHost.http(temporary);
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  @Test
  void malformedAttributeDropsOnlyItsEntry() throws IOException {
    assertThat(requested("one.hg BUNDLESPEC", "two.hg" + ATTRIBUTES)).containsExactly("/two.hg");
  }

  @Test
  void urlAttributeDoesNotReplaceTheUrl() throws IOException {
    assertThat(requested("one.hg URL=" + host.url() + "other.hg" + ATTRIBUTES))
        .doesNotContain("/other.hg");
    assertThat(requested("one.hg" + ATTRIBUTES + " U%52L=" + host.url() + "other.hg"))
        .doesNotContain("/other.hg");
  }

  @Test
  void entriesAreTriedUntilOneApplies() throws IOException {
    assertThat(requested("one.hg" + ATTRIBUTES, "two.hg" + ATTRIBUTES, "three.hg" + ATTRIBUTES))
        .containsExactly("/one.hg", "/two.hg", "/three.hg");
  }

  /** Pulls with a manifest of these lines, each without the URL of the host before it. */
  private List<String> requested(String... lines) throws IOException {
    StringBuilder manifest = new StringBuilder();
    for (String line : lines) {
      manifest.append(host.url()).append(line).append('\n');
    }
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().message("the only one").write("file", "text\n").commit();
    try (HgWireServer server = serve(repository, manifest.toString());
        Peer peer = Peer.connect(URI.create("http://127.0.0.1:" + server.port() + "/"), options());
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      PullSummary summary = Pull.run(peer, sink);
      assertThat(summary.changesets()).isEqualTo(1);
      assertThat(summary.fileRevisions()).isEqualTo(1);
      assertThat(summary.cloneBundles().applied()).isNull();
    }
    List<String> paths = new ArrayList<>();
    host.served().forEach(request -> paths.add(request.path()));
    return paths;
  }

  private static PeerOptions options() {
    return PeerOptions.builder()
        .redirects(
            RedirectPolicy.builder().addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1")).build())
        .build();
  }

  private static HgWireServer serve(MemoryRepository repository, String manifest)
      throws IOException {
    CommandDefinition command =
        CommandDefinition.named(ClonebundlesRequest.COMMAND)
            .permission(Permission.PULL)
            .runs(call -> ObjectSources.of(CborBytes.utf8(manifest)));
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .command(command)
            .accessControl(AccessControl.open())
            .build();
    return HgWireServer.builder(options).grace(Duration.ofMillis(200)).start();
  }
}
