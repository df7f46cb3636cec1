// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.pull.BundleApplier;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.StoredElsewhere;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real hg sends of revisions that were censored or are in a store of large files. */
final class TextsThatAreNotThereTest {
  @TempDir Path temporary;
  private Hg hg;
  private Path source;

  @BeforeEach
  void makeRepository() throws IOException {
    hg = RealHg.require();
    source = Files.createDirectory(temporary.resolve("source"));
  }

  private void commit(String path, String text, String... options) throws IOException {
    Files.createDirectories(source.resolve(path).getParent());
    Files.writeString(source.resolve(path), text, StandardCharsets.US_ASCII);
    String[] line = new String[options.length + 4];
    System.arraycopy(options, 0, line, 0, options.length);
    line[options.length] = "commit";
    line[options.length + 1] = "-qA";
    line[options.length + 2] = "-m";
    line[options.length + 3] = "to " + path;
    hg.run(source, line);
  }

  private PullSummary pull(PullSink sink) throws IOException {
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
      return Pull.run(peer, sink);
    }
  }

  private PullSummary bundled(PullSink sink, String type, String... options) throws IOException {
    Path file = temporary.resolve("bundle.hg");
    String[] line = new String[options.length + 5];
    System.arraycopy(options, 0, line, 0, options.length);
    line[options.length] = "bundle";
    line[options.length + 1] = "-qa";
    line[options.length + 2] = "-t";
    line[options.length + 3] = type;
    line[options.length + 4] = file.toString();
    hg.run(source, line);
    return BundleApplier.apply(Files.newInputStream(file), sink, PullOptions.DEFAULT);
  }

  @Test
  void censoredRevisionIsRecorded() throws IOException {
    hg.run(source, "init", "-q");
    commit("f", "0123456789".repeat(50));
    commit("f", "secret".repeat(100));
    commit("f", "0123456789".repeat(60));
    hg.run(source, "--config", "extensions.censor=", "censor", "-r", "1", "-t", "by order", "f");
    ByteString tombstone = ByteString.utf8("\1\ncensored: by order\n\1\n");

    for (boolean bundle : new boolean[] {false, true}) {
      try (PullSink sink = TemporaryRepositorySink.open(temporary)) {
        PullSummary summary = bundle ? bundled(sink, "gzip-v2") : pull(sink);

        assertThat(summary.fileRevisions()).isEqualTo(3);
        assertThat(summary.substitutes().censored()).isEqualTo(1);
        RevisionKey key = summary.substitutes().first().get(0).key();
        assertThat(key.path()).isEqualTo(ByteString.utf8("f"));
        assertThat(Objects.requireNonNull(sink.open(key)).readAll()).isEqualTo(tombstone);
        assertThat(sink.incomplete()).isEmpty();
      }
    }
  }

  @Test
  void revisionInTheStoreOfLargeFilesIsRecorded() throws IOException {
    hg.run(source, "--config", "extensions.lfs=", "init", "-q");
    String[] lfs = {
      "--config",
      "extensions.lfs=",
      "--config",
      "lfs.track=size(\">1KB\")",
      "--config",
      "lfs.usercache=" + temporary.resolve("cache"),
      "--config",
      "lfs.url=" + temporary.resolve("store").toUri()
    };
    commit("large", "0123456789".repeat(500), lfs);
    commit("small", "short", lfs);
    Files.writeString(
        source.resolve(".hg/hgrc"),
        "[extensions]\nlfs =\n[lfs]\nusercache = " + temporary.resolve("cache") + "\n");

    for (boolean bundle : new boolean[] {false, true}) {
      try (PullSink sink = TemporaryRepositorySink.open(temporary)) {
        PullSummary summary = bundle ? bundled(sink, "gzip-v2", lfs) : pull(sink);

        assertThat(summary.fileRevisions()).isEqualTo(2);
        assertThat(summary.substitutes().storedElsewhere()).isEqualTo(1);
        assertThat(summary.substitutes().first().get(0).substitute())
            .isInstanceOfSatisfying(
                StoredElsewhere.class, pointer -> assertThat(pointer.size()).isEqualTo(5000));
        assertThat(sink.incomplete()).isEmpty();
      }
    }
  }

  @Test
  void treeManifestsAreRefusedByThatName() throws IOException {
    hg.run(source, "--config", "experimental.treemanifest=1", "init", "-q");
    commit("dir/file", "text");
    try (PullSink sink = TemporaryRepositorySink.open(temporary)) {
      assertThatThrownBy(() -> pull(sink))
          .isInstanceOf(RefusedHistoryException.class)
          .hasMessageContaining("tree manifests");
      Node tip = sink.heads().iterator().next();
      assertThat(sink.incomplete()).containsExactly(tip);
    }
  }
}
