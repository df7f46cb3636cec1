// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.ScriptedServer;
import org.hgwire.client.UnrelatedRepositoryException;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.testing.RecordingPullListener;
import org.hgwire.client.testing.RepositoryContents;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.clonebundles.BundlePreference;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clone bundles in a pull, downloaded from memory. */
@Timeout(60)
class CloneBundlePullTest {
  private static final String DIGEST = " DIGEST=sha256:" + "ab".repeat(32);

  @TempDir Path directory;
  private final ScriptedRepository repository = new ScriptedRepository(1_000).grow(12);
  private final Map<String, byte[]> content = new HashMap<>();
  private final RecordingPullListener listener = new RecordingPullListener();
  private RedirectPolicy policy = RedirectPolicy.VERIFIED;
  private PullOptions options =
      PullOptions.DEFAULT
          .withBatchSize(7)
          .withTextInMemory(1_000)
          .withCacheBytes(100_000)
          .withListener(listener);

  /** Returns a server whose manifest names {@code urls}; the content of some may be missing. */
  private ScriptedServer serve(String... urls) {
    StringBuilder manifest = new StringBuilder();
    for (String url : urls) {
      manifest.append(url).append(DIGEST).append('\n');
    }
    return repository
        .serve()
        .respond("clonebundles", new CborBytes(ByteString.utf8(manifest.toString())));
  }

  private BundleBytes open(CloneBundleEntry entry) throws RedirectException {
    byte[] bytes = content.get(entry.url());
    if (bytes == null) {
      throw new RedirectException(RedirectFault.STATUS, "404");
    }
    return BundleBytes.of(new ByteArrayInputStream(bytes));
  }

  private Peer connect(ScriptedServer server) throws PeerException {
    return server.connect(
        PeerOptions.builder()
            .retries(RetryPolicy.never())
            .redirects(policy)
            .encodings(ContentEncodings.named("identity")));
  }

  private Path store() {
    return directory.resolve("store");
  }

  private PullSummary pull(ScriptedServer server) throws IOException {
    try (Peer peer = connect(server);
        PullSink sink = RepositorySink.open(store())) {
      return Pull.run(peer, sink, options, this::open);
    }
  }

  private static byte[] bundle(ScriptedRepository of, int from, int to) {
    return ScriptedBundle.of(of, from, to).hg20(BundleCompression.ZSTD);
  }

  /** Asserts that the sink has what the repository has, and nothing else. */
  private void requireExactly(ScriptedRepository expected) throws IOException {
    Path other = directory.resolve("other");
    try (Peer peer = connect(expected.serve());
        PullSink sink = RepositorySink.open(other)) {
      Pull.run(peer, sink, options.withoutCloneBundles());
    }
    assertThat(RepositoryContents.revisions(store()))
        .containsExactlyInAnyOrderElementsOf(RepositoryContents.revisions(other));
    try (PullSink sink = RepositorySink.open(store())) {
      assertThat(sink.incomplete()).isEmpty();
    }
  }

  private static List<String> commands(ScriptedServer server) {
    return server.commands.stream().map(command -> command.name().utf8()).toList();
  }

  @Test
  void firstPullAppliesABundleAndPullsTheRest() throws Exception {
    content.put("https://cdn.test/a", bundle(repository, 0, 8));
    ScriptedServer server = serve("https://cdn.test/a");
    PullSummary summary = pull(server);
    requireExactly(repository);
    assertThat(summary.changesets()).isEqualTo(12);
    assertThat(summary.fileRevisions()).isEqualTo(24);
    assertThat(requireNonNull(summary.cloneBundles().applied()).url())
        .isEqualTo("https://cdn.test/a");
    assertThat(summary.cloneBundles().changesets()).isEqualTo(8);
    assertThat(summary.cloneBundles().manifests()).isEqualTo(8);
    assertThat(summary.cloneBundles().fileRevisions()).isEqualTo(16);
    assertThat(listener.cloneBundles())
        .containsExactly("chosen https://cdn.test/a", "applied 8 8 16");
    assertThat(commands(server))
        .containsSubsequence("clonebundles", "known", "heads", "changesetdata", "filesdata");
  }

  @Test
  void ofABundleThatHasAllNothingIsAskedAgain() throws Exception {
    content.put("https://cdn.test/a", bundle(repository, 0, 12));
    ScriptedServer server = serve("https://cdn.test/a");
    pull(server);
    requireExactly(repository);
    assertThat(commands(server)).doesNotContain("changesetdata", "manifestdata", "filesdata");
  }

  @Test
  void bundlesAreForTheFirstPullAlone() throws Exception {
    content.put("https://cdn.test/a", bundle(repository, 0, 12));
    pull(serve("https://cdn.test/a"));
    repository.grow(2);
    ScriptedServer server = serve("https://cdn.test/a");
    assertThat(pull(server).cloneBundles()).isEqualTo(CloneBundleReport.NONE);
    assertThat(commands(server)).doesNotContain("clonebundles");
    requireExactly(repository);
  }

  @Test
  void noBundleIsAppliedWhereOptionsOrServerHaveNone() throws Exception {
    content.put("https://cdn.test/a", bundle(repository, 0, 12));
    PullOptions wanting = options;
    for (int way = 0; way < 3; way++) {
      options = way == 0 ? wanting.withoutCloneBundles() : wanting;
      policy = way == 1 ? RedirectPolicy.OFF : RedirectPolicy.VERIFIED;
      ScriptedServer server = way == 2 ? repository.serve() : serve("https://cdn.test/a");
      assertThat(pull(server).cloneBundles()).isEqualTo(CloneBundleReport.NONE);
      assertThat(commands(server)).doesNotContain("clonebundles");
      requireExactly(repository);
      RepositoryContents.delete(store());
    }
    assertThat(listener.cloneBundles()).isEmpty();
  }

  @Test
  void entryAfterEntryIsTriedUntilOneApplies() throws Exception {
    ScriptedBundle damaged = ScriptedBundle.of(repository, 0, 8);
    damaged.damage(2, 5);
    content.put("https://cdn.test/damaged", damaged.hg20(BundleCompression.NONE));
    content.put("https://cdn.test/good", bundle(repository, 0, 8));
    content.put("https://cdn.test/spare", bundle(repository, 0, 8));
    PullSummary summary =
        pull(
            serve(
                "https://cdn.test/missing",
                "https://cdn.test/damaged",
                "https://cdn.test/good",
                "https://cdn.test/spare"));
    requireExactly(repository);
    assertThat(summary.cloneBundles().failures())
        .extracting(RecordingPullListener::reason)
        .containsExactly("STATUS", "DAMAGED");
    // Of what the damaged one brought, the sink kept the changesets: the others came twice.
    assertThat(summary.cloneBundles().changesets()).isEqualTo(8);
    assertThat(summary.cloneBundles().fileRevisions()).isEqualTo(5 + 16);
    assertThat(listener.cloneBundles())
        .containsExactly(
            "chosen https://cdn.test/missing",
            "failed STATUS",
            "chosen https://cdn.test/damaged",
            "failed DAMAGED",
            "chosen https://cdn.test/good",
            "applied 8 16 21");
  }

  @Test
  void pullGetsEverythingIfAllBundlesFail() throws Exception {
    content.put("https://cdn.test/html", ByteString.utf8("<html>").toByteArray());
    ScriptedServer server = serve("https://cdn.test/missing", "https://cdn.test/html");
    PullSummary summary = pull(server);
    requireExactly(repository);
    assertThat(summary.cloneBundles().applied()).isNull();
    assertThat(summary.cloneBundles().changesets()).isZero();
    assertThat(summary.cloneBundles().failures())
        .extracting(RecordingPullListener::reason)
        .containsExactly("STATUS", "UNREADABLE");
  }

  @Test
  void pullResumesAfterABundleThatIsCutAnywhere() throws Exception {
    byte[] whole = ScriptedBundle.of(repository, 0, 12).hg20(BundleCompression.NONE);
    for (int length = 0; length < whole.length; length += whole.length / 40) {
      content.put("https://cdn.test/cut", Arrays.copyOf(whole, length));
      PullSummary summary = pull(serve("https://cdn.test/cut"));
      requireExactly(repository);
      assertThat(summary.changesets()).isEqualTo(12);
      assertThat(summary.cloneBundles().failures())
          .extracting(RecordingPullListener::reason)
          .containsExactly("UNREADABLE");
      RepositoryContents.delete(store());
    }
  }

  @Test
  void changesetsThatAreNotShownNeverEnterTheSink() throws Exception {
    content.put("https://cdn.test/secrets", bundle(repository, 0, 12));
    content.put("https://cdn.test/foreign", bundle(new ScriptedRepository(900).grow(5), 0, 5));
    repository.strip(10);
    PullSummary summary = pull(serve("https://cdn.test/secrets", "https://cdn.test/foreign"));
    requireExactly(repository);
    assertThat(summary.changesets()).isEqualTo(10);
    assertThat(summary.cloneBundles().changesets()).isZero();
    assertThat(summary.cloneBundles().failures())
        .extracting(RecordingPullListener::reason)
        .containsExactly("NOT_SHOWN", "NOT_SHOWN");
  }

  @Test
  void aChangesetThatHidesBehindOneThatIsShownIsRefused() throws Exception {
    // A head that the server knows is said to descend from one that it does not know.
    ScriptedRepository foreign = new ScriptedRepository(900).grow(1);
    ScriptedBundle bundle = ScriptedBundle.of(repository, 0, 1);
    ScriptedBundle.Entry evil = ScriptedBundle.of(foreign).entries(0).get(0);
    ScriptedBundle.Entry head = bundle.entries(0).get(0);
    bundle
        .entries(0)
        .set(
            0,
            new ScriptedBundle.Entry(
                new org.hgwire.core.bundle.DeltaHeader(
                    head.header().node(),
                    Parents.of(evil.header().node()),
                    Node.NULL,
                    head.header().node(),
                    0),
                head.delta()));
    bundle.entries(0).add(0, evil);
    content.put("https://cdn.test/a", bundle.hg20(BundleCompression.NONE));
    try (Peer peer = connect(serve("https://cdn.test/a"));
        PullSink sink = RepositorySink.open(store())) {
      Pull.run(peer, sink, options, this::open);
      assertThat(sink.has(RevisionKey.changeset(evil.header().node()))).isFalse();
    }
    requireExactly(repository);
  }

  @Test
  void theHeadsAloneAreAskedForOnceAWindow() throws Exception {
    int count = BundleOrigin.TRUSTED.maxWaiting() + 5;
    ScriptedBundle bundle = new ScriptedBundle();
    List<ScriptedBundle.Entry> entries = new ArrayList<>();
    Node before = Node.NULL;
    ByteString text = ByteString.utf8("0".repeat(40) + "\nu\n0 0\n\n");
    for (int i = 0; i < count; i++) {
      Parents parents = before.isNull() ? Parents.NONE : Parents.of(before);
      Node node = org.hgwire.core.revision.NodeHasher.hash(parents, text);
      entries.add(
          new ScriptedBundle.Entry(
              new org.hgwire.core.bundle.DeltaHeader(node, parents, before, node, 0),
              before.isNull()
                  ? org.hgwire.core.revision.Delta.between(ByteString.empty(), text)
                  : ByteString.empty()));
      before = node;
    }
    bundle.groups.add(new ScriptedBundle.Group(Segment.CHANGESETS, ByteString.empty(), entries));
    bundle.groups.add(new ScriptedBundle.Group(Segment.MANIFESTS, ByteString.empty(), List.of()));
    content.put("https://cdn.test/a", bundle.hg20(BundleCompression.ZSTD));
    List<Integer> asked = new ArrayList<>();
    ScriptedServer server = serve("https://cdn.test/a");
    server.on(
        "known",
        request -> {
          int nodes = KnownRequest.read(request.arguments()).nodes().size();
          asked.add(nodes);
          return ScriptedServer.encoded(
              org.hgwire.core.command.KnownResponse.of(java.util.Collections.nCopies(nodes, true))
                  .toCbor());
        });
    assertThat(pull(server).cloneBundles().changesets()).isEqualTo(count);
    assertThat(asked).startsWith(1, 1);
  }

  @Test
  void aFirstPullThatWasCutTakesTheBundleAgain() throws Exception {
    byte[] whole = bundle(repository, 0, 8);
    content.put("https://cdn.test/a", Arrays.copyOf(whole, whole.length / 2));
    ScriptedServer cut = serve("https://cdn.test/a");
    cut.on("heads", request -> ScriptedServer.encoded(CborInteger.of(1)));
    assertThatThrownBy(() -> pull(cut)).isInstanceOf(PeerException.class);
    content.put("https://cdn.test/a", whole);
    listener.cloneBundles().clear();
    pull(serve("https://cdn.test/a"));
    assertThat(listener.cloneBundles()).first().isEqualTo("chosen https://cdn.test/a");
    assertThat(listener.cloneBundles()).last().asString().startsWith("applied");
    requireExactly(repository);
  }

  @Test
  void noBundleIsMixedIntoAnotherRepository() throws Exception {
    ScriptedRepository other = new ScriptedRepository(900).grow(5);
    // A first pull of another repository, which was cut after the changesets.
    try (Peer peer = connect(other.serve().respond("filesdata", CborInteger.of(1)));
        PullSink sink = RepositorySink.open(store())) {
      assertThatThrownBy(() -> Pull.run(peer, sink, options)).isInstanceOf(PeerException.class);
    }
    content.put("https://cdn.test/a", bundle(repository, 0, 8));
    assertThatThrownBy(() -> pull(serve("https://cdn.test/a")))
        .isInstanceOf(UnrelatedRepositoryException.class);
    assertThat(listener.cloneBundles()).isEmpty();
  }

  @Test
  void aManifestThatCannotBeHadCostsNothingButTheReport() throws Exception {
    ScriptedServer failing = repository.serve();
    failing.raw(
        "clonebundles",
        request ->
            ScriptedServer.encoded(
                CborMap.builder()
                    .put("status", ByteString.utf8("error"))
                    .put(
                        "error",
                        CborMap.builder().put("message", ByteString.utf8("no disk")).build())
                    .build()));
    for (ScriptedServer server :
        List.of(failing, repository.serve().respond("clonebundles", CborInteger.of(7)))) {
      PullSummary summary = pull(server);
      assertThat(summary.changesets()).isEqualTo(12);
      assertThat(summary.cloneBundles().failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.entry()).isNull();
                assertThat(failure.reason()).isInstanceOf(PeerException.class);
              });
      requireExactly(repository);
      RepositoryContents.delete(store());
    }
  }

  @Test
  void serverFailureDuringABundleFailsThePull() {
    content.put("https://cdn.test/a", bundle(repository, 0, 8));
    ScriptedServer server = serve("https://cdn.test/a");
    server.respond("known", CborInteger.of(1));
    assertThatThrownBy(() -> pull(server)).isInstanceOf(PeerException.class);
    assertThat(listener.cloneBundles()).containsExactly("chosen https://cdn.test/a");
  }

  @Test
  void preferredBundleIsTriedFirstAndUnusableOnesNever() throws Exception {
    content.put("https://cdn.test/zstd", bundle(repository, 0, 8));
    options = options.withBundlePreferences(List.of(BundlePreference.parse("COMPRESSION=zstd")));
    String manifest =
        Stream.of(
                "https://cdn.test/packed BUNDLESPEC=none-packed1",
                "https://cdn.test/gzip BUNDLESPEC=gzip-v2",
                "https://cdn.test/zstd BUNDLESPEC=zstd-v2",
                "ftp://cdn.test/zstd BUNDLESPEC=zstd-v2")
            .map(line -> line + DIGEST + "\n")
            .reduce("", String::concat);
    ScriptedServer server =
        repository.serve().respond("clonebundles", new CborBytes(ByteString.utf8(manifest)));
    PullSummary summary = pull(server);
    assertThat(listener.cloneBundles())
        .containsExactly(
            "rejected https://cdn.test/packed",
            "rejected ftp://cdn.test/zstd",
            "chosen https://cdn.test/zstd",
            "applied 8 8 16");
    assertThat(summary.cloneBundles().rejected())
        .extracting(RejectedEntry::reason)
        .containsExactly(RejectedEntry.Reason.STREAM, RejectedEntry.Reason.SCHEME);
  }

  @Test
  void atMostTenBundlesAreTriedAndThreeUnusableOnes() throws Exception {
    String[] urls = new String[20];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = "https://cdn.test/" + i;
    }
    assertThat(pull(serve(urls)).cloneBundles().failures()).hasSize(10);
    for (String url : urls) {
      content.put(url, ByteString.utf8("<html>").toByteArray());
    }
    RepositoryContents.delete(store());
    assertThat(pull(serve(urls)).cloneBundles().failures()).hasSize(3);
    requireExactly(repository);
  }

  @Test
  void aBundleThatFailsLateIsClosedLikeOneThatIsApplied() throws Exception {
    List<String> closed = new ArrayList<>();
    content.put("https://cdn.test/a", Arrays.copyOf(bundle(repository, 0, 8), 300));
    content.put("https://cdn.test/b", bundle(repository, 0, 8));
    try (Peer peer = connect(serve("https://cdn.test/a", "https://cdn.test/b"));
        PullSink sink = RepositorySink.open(store())) {
      Pull.run(
          peer,
          sink,
          options,
          entry -> {
            BundleBytes bytes = open(entry);
            return new BundleBytes() {
              @Override
              public java.nio.@org.jspecify.annotations.Nullable ByteBuffer next()
                  throws IOException {
                return bytes.next();
              }

              @Override
              public void close() {
                closed.add(entry.url());
              }
            };
          });
    }
    assertThat(closed).containsExactly("https://cdn.test/a", "https://cdn.test/b");
  }

  @Test
  void whatABundleSaysIsNotThereIsRequestedFromTheServer() throws Exception {
    ByteString tombstone = ByteString.utf8("\1\ncensored: by the bundle\n\1\n");
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    bundle.substitute(2, 3, tombstone, 0);
    content.put("https://cdn.test/a", bundle.hg20(BundleCompression.ZSTD));
    ScriptedServer server = serve("https://cdn.test/a");

    PullSummary summary = pull(server);

    requireExactly(repository);
    assertThat(summary.substitutes()).isEqualTo(SubstituteReport.NONE);
    assertThat(summary.cloneBundles().applied()).isNotNull();
    assertThat(commands(server)).containsOnlyOnce("filedata").doesNotContain("filesdata");
  }

  @Test
  void whatServerAndBundleSayIsNotThereIsRecorded() throws Exception {
    ByteString tombstone = ByteString.utf8("\1\ncensored: by the server\n\1\n");
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    bundle.substitute(2, 3, tombstone, 0);
    content.put("https://cdn.test/a", bundle.hg20(BundleCompression.ZSTD));
    repository.substitutes.put(
        requireNonNull(repository.files.get(ByteString.utf8("f"))).get(3).node(), tombstone);

    PullSummary summary = pull(serve("https://cdn.test/a"));

    assertThat(summary.substitutes().censored()).isEqualTo(1);
    assertThat(summary.cloneBundles().applied()).isNotNull();
    requireExactly(repository);
  }
}
