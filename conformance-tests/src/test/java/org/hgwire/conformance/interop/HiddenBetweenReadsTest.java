// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.BundleApplier;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.version1.GetbundleRequest;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A changeset that a client has seen is hidden before its next request: from then on nothing that
 * only this changeset has is served, over either version.
 */
final class HiddenBetweenReadsTest {
  private static final List<HgVersion> VERSIONS = List.of(HgVersion.V5_6, HgVersion.V7_0);
  private static final int SIZE = 4 << 20;

  @TempDir Path temporary;

  /** How hg hides the changeset. */
  enum Change {
    SECRET {
      @Override
      void run(Hg hg, Path source) {
        hg.run(source, "phase", "--force", "--secret", "-r", "tip");
      }
    },
    AMENDED {
      @Override
      void run(Hg hg, Path source) throws IOException {
        Files.writeString(source.resolve("draft"), "another text\n");
        hg.run(
            source, "--config", "experimental.evolution=all", "commit", "--amend", "-m", "amended");
      }
    },
    STRIPPED {
      @Override
      void run(Hg hg, Path source) {
        hg.run(source, "--config", "extensions.strip=", "strip", "--no-backup", "-r", "tip");
      }
    };

    abstract void run(Hg hg, Path source) throws IOException;
  }

  /** A changeset, its manifest, and the file that it adds. */
  private record Draft(Node changeset, Node manifest, Node file) {
    /** Returns requests of version 2 for what only the changeset has. */
    List<TypedRequest> requests() {
      RevisionSpecifier explicit = new RevisionSpecifier.ChangesetExplicit(List.of(changeset));
      return List.of(
          ChangesetdataRequest.of(explicit, ChangesetField.REVISION),
          ManifestdataRequest.of(List.of(manifest), ManifestField.REVISION),
          FiledataRequest.of("draft", List.of(file), FileField.REVISION),
          new FilesdataRequest(
              List.of(explicit), EnumSet.of(FileField.REVISION), PathFilter.everything(), false));
    }
  }

  private Draft commit(Hg hg, Path source) throws IOException {
    hg.run(temporary, "init", source.toString());
    Files.writeString(source.resolve("public"), "text\n");
    hg.run(source, "commit", "-q", "-A", "-m", "public", "-u", "test");
    hg.run(source, "phase", "--public", "-r", ".");
    byte[] incompressible = new byte[SIZE];
    new Random(7).nextBytes(incompressible);
    Files.write(source.resolve("draft"), incompressible);
    hg.run(source, "commit", "-q", "-A", "-m", "draft", "-u", "test");
    String[] nodes =
        hg.run(source, "log", "-r", "tip", "-T", "{node} {manifest % '{node}'}").split(" ", -1);
    String file =
        hg.run(source, "manifest", "--debug", "-r", "tip")
            .lines()
            .filter(line -> line.endsWith("draft"))
            .findFirst()
            .orElseThrow();
    return new Draft(
        Node.fromHex(nodes[0]), Node.fromHex(nodes[1]), Node.fromHex(file.substring(0, 40)));
  }

  private static Peer connect(OurServer server, ProtocolVersion version) throws IOException {
    return Peer.connect(server.url(), PeerOptions.builder().protocol(version).build());
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void whatWasHiddenIsUnknownToTheNextRequest(Change change) throws IOException {
    for (HgVersion version : VERSIONS) {
      Hg hg = RealHg.require(version);
      Path source = temporary.resolve(version.name());
      Draft draft = commit(hg, source);
      try (StoreRepository repository = StoreRepository.open(source);
          OurServer server = OurServer.of(repository);
          Peer first = connect(server, ProtocolVersion.VERSION_1);
          Peer second = connect(server, ProtocolVersion.VERSION_2)) {
        assertThat(first.heads()).containsExactly(draft.changeset());
        for (TypedRequest request : draft.requests()) {
          assertThat(objects(second, request)).isGreaterThan(1);
        }

        change.run(hg, source);

        for (Peer peer : List.of(first, second)) {
          assertThat(peer.heads()).doesNotContain(draft.changeset());
          assertThat(peer.known(List.of(draft.changeset()))).containsExactly(false);
          assertUnknown(() -> peer.lookup(draft.changeset().hex()));
        }
        assertUnknown(
            () ->
                first
                    .getbundle(new GetbundleRequest(List.of(), List.of(draft.changeset())))
                    .readAllBytes());
        for (TypedRequest request : draft.requests()) {
          assertUnknown(() -> objects(second, request));
        }
      }
    }
  }

  /** A call that throws. */
  private interface Call {
    void run() throws IOException;
  }

  private static void assertUnknown(Call call) {
    assertThatExceptionOfType(CommandFailedException.class).isThrownBy(call::run);
  }

  private static int objects(Peer peer, TypedRequest request) throws IOException {
    int count = 0;
    try (CommandResponse response = peer.call(request.toRequest())) {
      while (response.next() != null) {
        count++;
      }
    }
    return count;
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void responseThatHasBegunIsWholeOrFails(Change change) throws IOException {
    List<String> ends = new ArrayList<>();
    for (HgVersion version : VERSIONS) {
      Hg hg = RealHg.require(version);
      Path source = temporary.resolve(version.name());
      Draft draft = commit(hg, source);
      GetbundleRequest request = new GetbundleRequest(List.of(), List.of(draft.changeset()));
      try (StoreRepository repository = StoreRepository.open(source);
          OurServer server = OurServer.of(repository);
          Peer peer = connect(server, ProtocolVersion.VERSION_1);
          InputStream bundle = peer.getbundle(request)) {
        byte[] begin = bundle.readNBytes(1000);
        change.run(hg, source);
        try {
          byte[] rest = bundle.readAllBytes();
          ends.add("whole");
          apply(begin, rest);
        } catch (PeerException cut) {
          ends.add("cut");
        }
      }
    }
    assertThat(ends).hasSize(VERSIONS.size());
  }

  private void apply(byte[] begin, byte[] rest) throws IOException {
    byte[] all = new byte[begin.length + rest.length];
    System.arraycopy(begin, 0, all, 0, begin.length);
    System.arraycopy(rest, 0, all, begin.length, rest.length);
    try (PullSink sink = TemporaryRepositorySink.open(temporary)) {
      assertThat(
              BundleApplier.apply(new ByteArrayInputStream(all), sink, PullOptions.DEFAULT)
                  .changesets())
          .isEqualTo(2);
      assertThat(sink.incomplete()).isEmpty();
    }
  }
}
