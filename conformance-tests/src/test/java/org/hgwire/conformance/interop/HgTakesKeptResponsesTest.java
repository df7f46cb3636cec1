// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.mirror.MirroredRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ResponseObject;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.EncodedObjects;
import org.hgwire.server.ResponseCacher;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.offload.ContentOffload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are sent as they were encoded once make the same clone of a real hg, and ours. */
final class HgTakesKeptResponsesTest {
  /** Changesets, manifests and files of the repository are long enough to be copied encoded. */
  private static final int COPIED = 3;

  @TempDir Path temporary;
  private final AtomicLong fromCopies = new AtomicLong();
  private Hg hg;
  private Path source;

  @BeforeEach
  void makeRepository() {
    hg = RealHg.require();
    source = new SampleRepositories(hg).large(temporary.resolve("source"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib"})
  void clonesAreEqualWhetherKeptOrNot(String encoding) throws IOException {
    try (ContentOffload offload = offload();
        OurServer server = serve(offload)) {
      List<RepositoryState> states = new ArrayList<>();
      for (String name : List.of("first", "second", "third")) {
        assertThat(fromCopies).hasValue(0);
        Path clone = clone(server.url(), name, encoding);
        assertThat(hg.run(clone, "verify")).contains("checked 301 changesets");
        states.add(RepositoryState.of(hg, clone));
        if (name.equals("second")) {
          awaitCopies(COPIED);
        }
      }

      assertThat(fromCopies.get()).isGreaterThan(3 * 32 * 1024);
      assertThat(states).containsOnly(RepositoryState.of(hg, source));
    }
  }

  @Test
  void hgWithoutEncodingsGetsWhatWasKeptForOthers() throws IOException {
    try (ContentOffload offload = offload();
        OurServer server = serve(offload)) {
      clone(server.url(), "first", "zstd-8mb");
      clone(server.url(), "second", "zstd-8mb");
      awaitCopies(COPIED);
      Path plain = clone(server.url(), "plain", "identity");

      assertThat(fromCopies).hasValue(0);
      assertThat(RepositoryState.of(hg, plain)).isEqualTo(RepositoryState.of(hg, source));
    }
  }

  @Test
  void damagedCopiesAreNotNoticed() throws IOException {
    try (ContentOffload offload = offload();
        OurServer server = serve(offload)) {
      Path first = clone(server.url(), "first", "zstd-8mb");
      List<Path> responses = files("content");
      clone(server.url(), "second", "zstd-8mb");
      awaitCopies(COPIED);
      for (Path copy : files("content")) {
        if (!responses.contains(copy)) {
          byte[] bytes = Files.readAllBytes(copy);
          bytes[bytes.length - 1] ^= 1;
          Files.write(copy, bytes);
        }
      }
      Path third = clone(server.url(), "third", "zstd-8mb");

      assertThat(hg.run(third, "verify")).contains("checked 301 changesets");
      assertThat(RepositoryState.of(hg, third)).isEqualTo(RepositoryState.of(hg, first));
    }
  }

  @Test
  void ourClientGetsKeptAndOtherResponsesInOneBatch() throws IOException {
    try (ContentOffload offload = offload();
        OurServer server = serve(offload);
        Peer peer = Peer.connect(server.url(), PeerOptions.defaults())) {
      List<String> first = batch(peer);
      assertThat(batch(peer)).isEqualTo(first);
      awaitCopies(1);

      assertThat(batch(peer)).isEqualTo(first);
      assertThat(fromCopies.get()).isGreaterThan(32 * 1024);
    }
  }

  /** Returns the responses to commands in one batch, some of them kept. */
  private static List<String> batch(Peer peer) throws IOException {
    ChangesetdataRequest changesets =
        ChangesetdataRequest.of(
            new RevisionSpecifier.ChangesetDagRange(List.of(), peer.heads()),
            ChangesetField.REVISION,
            ChangesetField.PARENTS);
    Batch batch = peer.batch();
    List<CommandResponse> responses =
        List.of(
            batch.call("heads"),
            batch.call(changesets.toRequest()),
            batch.call("branchmap"),
            batch.call(changesets.toRequest()),
            batch.call("heads"));
    batch.send();
    List<String> lines = new ArrayList<>();
    for (CommandResponse response : responses) {
      for (ResponseObject next = response.next(); next != null; next = response.next()) {
        lines.add(
            next instanceof ResponseObject.Bytes bytes
                ? ByteString.copyOf(bytes.stream().readAllBytes()).hex()
                : next.toString());
      }
    }
    return lines;
  }

  private ContentOffload offload() throws IOException {
    return ContentOffload.builder(temporary.resolve("kept")).open();
  }

  private OurServer serve(ContentOffload offload) throws IOException {
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
      return OurServer.of(
          MirroredRepository.of(peer), options -> options.cacher(call -> counted(offload, call)));
    }
  }

  private @Nullable ResponseOrigin counted(ResponseCacher cacher, CacheableCall call)
      throws IOException {
    ResponseOrigin origin = cacher.originOf(call);
    return origin instanceof ResponseOrigin.Inline inline
        ? new ResponseOrigin.Inline(new Counted(inline.objects(), fromCopies))
        : origin;
  }

  /** Counts how many bytes come from copies. */
  private record Counted(EncodedObjects objects, AtomicLong fromCopies) implements EncodedObjects {
    @Override
    public @Nullable ByteBuffer next() throws IOException {
      ByteBuffer piece = objects.next();
      fromCopies.addAndGet(decodedBytes().orElse(0));
      return piece;
    }

    @Override
    public OptionalLong decodedBytes() {
      return objects.decodedBytes();
    }

    @Override
    public void close() {
      objects.close();
    }
  }

  /** Returns the files that are named by a hash below a directory of what is kept. */
  private List<Path> files(String kind) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> shards =
        Files.newDirectoryStream(temporary.resolve("kept").resolve(kind), "[0-9a-f][0-9a-f]")) {
      for (Path shard : shards) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
          files.forEach(all::add);
        }
      }
    }
    return all;
  }

  /** Waits until there are so many copies of responses, at most 20 seconds. */
  private void awaitCopies(int copies) throws IOException {
    long begin = System.nanoTime();
    while (copies() < copies && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20)) {
      Thread.onSpinWait();
    }
    assertThat(copies()).isGreaterThanOrEqualTo(copies);
  }

  /** Counts the copies: each kept response has an entry in the index as well. */
  private int copies() throws IOException {
    return files("content").size() - files("responses").size();
  }

  private Path clone(URI url, String name, String encoding) {
    List<String> line = new ArrayList<>(DebugWireProtocol.v2(encoding));
    line.addAll(List.of("clone", "-q", "-U", url.toString(), name));
    hg.tryRun(temporary, "", line).orThrow();
    return temporary.resolve(name);
  }
}
