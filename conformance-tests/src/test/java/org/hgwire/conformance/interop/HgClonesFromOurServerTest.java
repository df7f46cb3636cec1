// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.mirror.MirroredRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real hg clones and pulls from our server, and gets the repository that a real hg created. */
final class HgClonesFromOurServerTest {
  private static final String[] ALL = {"zstd-8mb", "zlib", "identity"};

  @TempDir Path temporary;
  private Hg hg;
  private SampleRepositories samples;

  @BeforeEach
  void findMercurial() {
    hg = RealHg.require();
    samples = new SampleRepositories(hg);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void cloneIsIdenticalWithEveryClientEncoding(String encoding) throws IOException {
    Path source = samples.rich(temporary.resolve("source"));
    try (OurServer server = OurServer.of(mirror(source))) {
      Path clone = clone(server.url(), encoding);

      assertThat(hg.run(clone, "verify")).contains("checked 28 changesets");
      assertThat(RepositoryState.of(hg, clone))
          .isEqualTo(RepositoryState.of(hg, source, "not secret()"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "identity"})
  void cloneIsIdenticalWithEveryServerEncoding(String encoding) throws IOException {
    Path source = samples.large(temporary.resolve("source"));
    try (OurServer server = OurServer.of(mirror(source), encoding)) {
      Path clone = clone(server.url(), ALL);

      assertThat(hg.run(clone, "verify")).contains("checked 301 changesets");
      assertThat(RepositoryState.of(hg, clone)).isEqualTo(RepositoryState.of(hg, source));
    }
  }

  /** Each pause ends a stream and its encoder; the response continues on another. */
  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib"})
  void cloneIsIdenticalWhenResponsesArePaused(String encoding) throws IOException {
    Path source = samples.large(temporary.resolve("source"));
    try (OurServer server = OurServer.pausing(mirror(source), encoding)) {
      Path clone = clone(server.url(), ALL);

      assertThat(hg.run(clone, "verify")).contains("checked 301 changesets");
      assertThat(RepositoryState.of(hg, clone)).isEqualTo(RepositoryState.of(hg, source));
    }
  }

  @Test
  void incrementalPullFetchesWhatIsNew() throws IOException {
    Path source = samples.rich(temporary.resolve("source"));
    try (OurServer server = OurServer.of(mirror(source))) {
      Path clone = clone(server.url(), ALL);
      samples.addTo(source);
      server.replace(mirror(source));

      pull(clone, server.url());

      assertThat(hg.run(clone, "verify")).contains("checked 32 changesets");
      RepositoryState pulled = RepositoryState.of(hg, clone);
      RepositoryState expected = RepositoryState.of(hg, source, "not secret()");
      assertThat(pulled.manifests()).isEqualTo(expected.manifests());
      assertThat(hg.run(clone, "log", "-r", "sort(all(), node)", "-T", "{node} {phase}\n"))
          .isEqualTo(
              hg.run(source, "log", "-r", "sort(not secret(), node)", "-T", "{node} {phase}\n"));
      assertThat(pulled.bookmarks()).containsAll(expected.bookmarks());

      pull(clone, server.url());
      assertThat(RepositoryState.of(hg, clone)).isEqualTo(pulled);
    }
  }

  @Test
  void emptyRepositoryCanBeClonedAndPulledLater() throws IOException {
    Path source = samples.large(temporary.resolve("source"));
    try (OurServer server = OurServer.of(new MirroredRepository())) {
      Path clone = clone(server.url(), ALL);
      assertThat(hg.run(clone, "log")).isEmpty();
      server.replace(mirror(source));

      pull(clone, server.url());

      assertThat(RepositoryState.of(hg, clone)).isEqualTo(RepositoryState.of(hg, source));
    }
  }

  @Test
  void memoryRepositoryCanBeClonedExceptSecrets() throws IOException {
    MemoryRepository memory = MemoryRepository.nonPublishing();
    Node base =
        memory
            .commit()
            .user("Zoë <zoe@example.org>")
            .date(1_600_000_000, -7200)
            .message("the first")
            .write("a", "one\n")
            .write("d/b", "two\n")
            .phase(Phase.PUBLIC)
            .commit();
    Node renamed = memory.commit().message("renames").rename("a", "c", "one\nmore\n").commit();
    Node other = memory.commit().parent(base).branch("b").message("o").write("x", "x").commit();
    Node merge = memory.commit().parents(renamed, other).message("merges").commit();
    memory.bookmark("here", merge);
    Node secret = memory.commit().message("s").phase(Phase.SECRET).write("hush", "hush").commit();
    Node hidden = memory.commit().parent(merge).message("h").write("gone", "gone").commit();
    memory.hide(hidden);

    try (OurServer server = OurServer.of(memory)) {
      Path clone = clone(server.url(), ALL);

      assertThat(hg.run(clone, "verify")).contains("checked 4 changesets");
      assertThat(hg.run(clone, "log", "-r", "all()", "-T", "{node} {branch} {phase}\n"))
          .contains(base.hex() + " default public", merge.hex() + " default draft")
          .contains(other.hex() + " b draft")
          .doesNotContain(secret.hex(), hidden.hex());
      assertThat(hg.run(clone, "log", "-r", renamed.hex(), "-T", "{file_copies}"))
          .isEqualTo("c (a)");
      assertThat(hg.run(clone, "bookmarks", "-T", "{bookmark} {node}"))
          .isEqualTo("here " + merge.hex());
      assertThat(hg.run(clone, "cat", "-r", "here", "c")).isEqualTo("one\nmore\n");
    }
  }

  private static MirroredRepository mirror(Path source, Hg hg) throws IOException {
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
      return MirroredRepository.of(peer);
    }
  }

  private MirroredRepository mirror(Path source) throws IOException {
    return mirror(source, hg);
  }

  private Path clone(URI url, String... encodings) {
    List<String> line = new ArrayList<>(DebugWireProtocol.v2(encodings));
    line.addAll(List.of("clone", "-U", url.toString(), "clone"));
    hg.tryRun(temporary, "", line).orThrow();
    return temporary.resolve("clone");
  }

  private void pull(Path clone, URI url) {
    List<String> line = new ArrayList<>(DebugWireProtocol.v2(ALL));
    line.addAll(List.of("pull", url.toString()));
    hg.tryRun(clone, "", line).orThrow();
  }
}
