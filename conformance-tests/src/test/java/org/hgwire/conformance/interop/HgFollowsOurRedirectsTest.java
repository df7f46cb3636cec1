// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.mirror.MirroredRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.redirects.testing.Nginx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real hg follows the redirects of our server, and gets the same repository. */
final class HgFollowsOurRedirectsTest {
  @TempDir Path temporary;
  private Hg hg;
  private Path source;

  @BeforeEach
  void makeRepository() {
    hg = RealHg.require();
    source = new SampleRepositories(hg).rich(temporary.resolve("source"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void redirectedCloneEqualsTheInlineOne(String encoding) throws IOException {
    try (RedirectingServer server =
        RedirectingServer.start(mirror(), Settings.plain(temporary, null))) {
      Path inline = clone(server.url(), "inline", encoding);
      assertThat(server.contentRequests()).isEmpty();

      Path redirected = clone(server.url(), "redirected", encoding);

      assertThat(server.contentRequests()).hasSize(3);
      assertTheSame(inline, redirected);
    }
  }

  @Test
  void nginxCanBeTheContentHost() throws IOException {
    Path content = Files.createDirectory(temporary.resolve("content"));
    Path scratch = Files.createDirectory(temporary.resolve("nginx"));
    try (Nginx nginx = Nginx.serving(content, scratch);
        RedirectingServer server =
            RedirectingServer.start(mirror(), Settings.plain(temporary, nginx.url()))) {
      Path inline = clone(server.url(), "inline", "zstd-8mb");
      Path redirected = clone(server.url(), "redirected", "zstd-8mb");

      assertThat(nginx.log()).hasSize(3).allMatch(line -> line.contains("\" 200 "));
      assertTheSame(inline, redirected);
    }
  }

  private void assertTheSame(Path inline, Path redirected) {
    assertThat(hg.run(redirected, "verify")).contains("checked 28 changesets");
    assertThat(RepositoryState.of(hg, redirected))
        .isEqualTo(RepositoryState.of(hg, inline))
        .isEqualTo(RepositoryState.of(hg, source, "not secret()"));
  }

  private MirroredRepository mirror() throws IOException {
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
      return MirroredRepository.of(peer);
    }
  }

  private Path clone(URI url, String name, String encoding) {
    List<String> line = new ArrayList<>(DebugWireProtocol.v2(encoding));
    line.addAll(List.of("clone", "-q", "-U", url.toString(), name));
    hg.tryRun(temporary, "", line).orThrow();
    return temporary.resolve(name);
  }
}
