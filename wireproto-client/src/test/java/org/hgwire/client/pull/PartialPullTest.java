// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.ScriptedServer;
import org.hgwire.client.UnavailableCommandException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PartRefusedException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryPart;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulls of some paths and of the newest changesets. */
@Timeout(60)
final class PartialPullTest {
  private static final ByteString F = ByteString.utf8("f");
  private static final ByteString G = ByteString.utf8("g");
  private static final PathFilter ONLY_F = PathFilter.including("path:f");

  @TempDir Path directory;
  private final ScriptedRepository repository = new ScriptedRepository(100).grow(10);

  private PullOptions options(PathFilter paths, int depth) {
    return PullOptions.DEFAULT
        .withBatchSize(4)
        .withDirectory(directory)
        .withPaths(paths)
        .withDepth(depth);
  }

  private PullOptions ofPaths() {
    return options(ONLY_F, RepositoryPart.ALL_GENERATIONS);
  }

  private PullOptions ofDepth(int depth) {
    return options(PathFilter.everything(), depth);
  }

  private static PullSummary pull(ScriptedServer server, PullSink sink, PullOptions options)
      throws IOException {
    try (Peer peer = server.connect()) {
      return Pull.run(peer, sink, options);
    }
  }

  private PullSummary pull(PullSink sink, PullOptions options) throws IOException {
    return pull(repository.serve(), sink, options);
  }

  /** Returns the keys of all revisions of some changesets, by their positions. */
  private NavigableSet<RevisionKey> keys(List<ByteString> paths, int from, int to) {
    NavigableSet<RevisionKey> keys = new TreeSet<>();
    for (int i = from; i < to; i++) {
      keys.add(RevisionKey.changeset(changeset(i)));
      keys.add(RevisionKey.manifest(repository.manifests.get(i).node()));
      for (ByteString path : paths) {
        keys.add(RevisionKey.file(path, file(path, i)));
      }
    }
    return keys;
  }

  private Node changeset(int position) {
    return repository.changesets.get(position).node();
  }

  private Node file(ByteString path, int position) {
    return requireNonNull(repository.files.get(path)).get(position).node();
  }

  @Test
  void filesOfThePathsComeWithAllManifests() throws Exception {
    MemorySink sink = new MemorySink(ofPaths().part());
    assertThat(pull(sink, ofPaths()).part()).isEqualTo(new PartReport(ofPaths().part(), 0, 0));
    assertThat(sink.keys()).isEqualTo(keys(List.of(F), 0, 10));
    assertThat(sink.incomplete()).isEmpty();

    repository.grow(3);
    assertThat(pull(sink, ofPaths()).fileRevisions()).isEqualTo(3);
    assertThat(sink.keys()).isEqualTo(keys(List.of(F), 0, 13));
  }

  @Test
  void newestChangesetsComeWithAllThatTheyHave() throws Exception {
    MemorySink sink = new MemorySink(ofDepth(6).part());
    ScriptedServer server = repository.serve().respond("clonebundles");
    assertThat(pull(server, sink, ofDepth(6)).part())
        .isEqualTo(new PartReport(ofDepth(6).part(), 1, 2));
    assertThat(sink.keys()).isEqualTo(keys(List.of(F, G), 4, 10));
    assertThat(server.commands.stream().map(command -> command.name().utf8()))
        .as("no clone bundle, and no file revision for itself")
        .doesNotContain("clonebundles", "filedata");
    assertThat(sink.incomplete()).isEmpty();
    assertThat(sink.heads()).containsExactly(changeset(9));
    assertThat(requireNonNull(sink.state()).heads()).containsExactly(changeset(9));
  }

  @Test
  void depthBeyondTheFirstChangesetGetsAll() throws Exception {
    MemorySink sink = new MemorySink(ofDepth(50).part());
    assertThat(pull(sink, ofDepth(50)).part()).isEqualTo(new PartReport(ofDepth(50).part(), 0, 0));
    assertThat(sink.keys()).isEqualTo(keys(List.of(F, G), 0, 10));
  }

  @Test
  void nextPullMayLeaveAGap() throws Exception {
    PullOptions two = options(ONLY_F, 2);
    MemorySink sink = new MemorySink(two.part());
    pull(sink, two);
    repository.grow(5);
    pull(sink, two);
    NavigableSet<RevisionKey> both = keys(List.of(F), 8, 10);
    both.addAll(keys(List.of(F), 13, 15));
    assertThat(sink.keys()).isEqualTo(both);
    assertThat(pull(sink, options(ONLY_F, 20)).changesets()).as("nothing is deepened").isZero();

    repository.grow(1);
    assertThat(pull(sink, options(ONLY_F, 20)).part().changesetsWithoutParents()).isZero();
    both.addAll(keys(List.of(F), 15, 16));
    assertThat(sink.keys()).isEqualTo(both);
  }

  @Test
  void interruptedPullsAreResumed() throws Exception {
    PullOptions options = options(ONLY_F, 6);
    for (int failing = 0; failing < 18; failing++) {
      MemorySink sink = new MemorySink(options.part());
      int last = failing;
      assertThatThrownBy(() -> pull(new Failing(sink, last), options)).hasMessage("no room");
      pull(sink, options);
      assertThat(sink.keys()).isEqualTo(keys(List.of(F), 4, 10));
      assertThat(sink.incomplete()).isEmpty();
    }
  }

  /** Fails after some revisions. */
  private static final class Failing extends ForwardingPullSink {
    private int left;

    Failing(PullSink sink, int left) {
      super(sink);
      this.left = left;
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      if (left-- == 0) {
        throw new IOException("no room");
      }
      super.accept(revision);
    }
  }

  @Test
  void childrenComeAfterTheirParentsHoweverTheyAreSent() throws Exception {
    List<Node> came = new ArrayList<>();
    MemorySink sink = new MemorySink(ofDepth(3).part());
    ScriptedServer server = repository.serve();
    List<Node> wanted = List.of(changeset(9), changeset(7), changeset(8));
    PullSink recording =
        new ForwardingPullSink(sink) {
          @Override
          public void accept(PulledRevision revision) throws IOException {
            came.add(revision.key().node());
            super.accept(revision);
          }
        };
    try (Peer peer = server.connect(PeerOptions.builder().maxRequestBytes(1_000 + 21))) {
      PullOptions options = ofDepth(2);
      new ShallowChangesetStep(
              peer,
              recording,
              new RevisionReceiver(recording, options, limits(peer)),
              options,
              new SplitRequests(peer))
          .run(wanted);
    }
    assertThat(server.commands.stream().filter(c -> c.name().utf8().equals("changesetdata")))
        .hasSize(3);
    assertThat(came).containsExactly(changeset(6), changeset(7), changeset(8), changeset(9));
  }

  private static PullLimits limits(Peer peer) {
    return PullLimits.of(peer.options().limits(), peer::bytesReceived);
  }

  // Who refuses a part.

  @Test
  void repositoriesOnDiskAreRefusedBeforeAnyRequest() throws Exception {
    for (PullOptions options : List.of(ofPaths(), ofDepth(1))) {
      ScriptedServer server = repository.serve();
      Path target = directory.resolve("target");
      try (PullSink sink = RepositorySink.open(target);
          PullSink temporary = TemporaryRepositorySink.open(directory)) {
        for (PullSink each : List.of(sink, temporary)) {
          assertThatExceptionOfType(PartRefusedException.class)
              .isThrownBy(() -> pull(server, each, options))
              .withMessage(
                  "The sink does not take this part of a repository: pull without paths and depth,"
                      + " or into a sink that takes the part.");
        }
      }
      assertThat(server.commands).isEmpty();
    }
  }

  @Test
  void sinkOfAPartIsNotFilledWithOtherParts() throws Exception {
    MemorySink sink = new MemorySink(ofPaths().part());
    pull(sink, ofPaths());
    for (PullOptions other :
        List.of(
            PullOptions.DEFAULT, ofDepth(3), ofPaths().withPaths(PathFilter.including("path:g")))) {
      assertThatExceptionOfType(PartRefusedException.class).isThrownBy(() -> pull(sink, other));
    }
    assertThatThrownBy(() -> pull(sink, PullOptions.DEFAULT))
        .hasMessageStartingWith("The sink has a part of a repository and does not take the whole:");
    assertThatExceptionOfType(PartRefusedException.class)
        .isThrownBy(
            () ->
                BundleApplier.apply(
                    new ByteArrayInputStream(new byte[0]), sink, PullOptions.DEFAULT));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> BundleApplier.apply(new ByteArrayInputStream(new byte[0]), sink, ofPaths()));
  }

  @Test
  void version1IsRefusedBeforeAnyRequest() throws Exception {
    try (Version1Server server = new Version1Server(repository)) {
      server.start();
      for (PullOptions options : List.of(ofPaths(), ofDepth(1))) {
        MemorySink sink = new MemorySink(options.part());
        try (Peer peer = Peer.connect(server.url(), PeerOptions.defaults())) {
          assertThatExceptionOfType(UnavailableCommandException.class)
              .isThrownBy(() -> Pull.run(peer, sink, options))
              .withMessageStartingWith("Version 1 of the wire protocol, which is spoken with ")
              .withMessageEndingWith(
                  "sends no part of a repository: pull without paths and depth, or from a server"
                      + " that speaks version 2.");
        }
        assertThat(sink.keys()).isEmpty();
      }
    }
  }

  @Test
  void rulesThatTheServerDoesNotHaveAreNamed() {
    PullOptions options = ofPaths().withPaths(PathFilter.excluding("rootfilesin:docs"));
    ScriptedServer server = repository.serve();
    assertThatExceptionOfType(UnavailableCommandException.class)
        .isThrownBy(() -> pull(server, new MemorySink(options.part()), options))
        .withMessageContaining("does not filter paths by rules such as rootfilesin:docs:")
        .satisfies(e -> assertThat(e.command()).isEqualTo("filesdata"));
    assertThat(server.commands).isEmpty();
  }

  // Servers that lie.

  @Test
  void filesOfOtherPathsAreRefused() {
    repository.ignoresPaths = true;
    MemorySink sink = new MemorySink(ofPaths().part());
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(() -> pull(sink, ofPaths()))
        .withMessageContaining("of file g, whose path was not requested");
    assertThat(sink.keys()).noneMatch(key -> key.path().equals(G));
  }

  @Test
  void fileInsideThePathsThatIsLeftOutIsNamed() throws Exception {
    for (PullOptions options : List.of(ofPaths(), options(ONLY_F, 4))) {
      Node left = file(F, 7);
      repository.leftOut.add(left);
      MemorySink asked = new MemorySink(options.part());
      assertThat(pull(asked, options).fileRevisions())
          .as("what filesdata leaves out is asked for by its node")
          .isEqualTo(options.part().hasAllGenerations() ? 10 : 4);

      repository.lost.add(left);
      MemorySink sink = new MemorySink(options.part());
      assertThatExceptionOfType(VerificationException.class)
          .isThrownBy(() -> pull(sink, options))
          .withMessageStartingWith("The server omitted the revision " + left + " of file f");
      assertThat(sink.incomplete()).contains(changeset(7));
      repository.lost.clear();
    }
  }

  @Test
  void fileOutsideOfThePathsIsNotMissed() throws Exception {
    repository.leftOut.add(file(G, 7));
    repository.lost.add(file(G, 7));
    MemorySink sink = new MemorySink(ofPaths().part());
    pull(sink, ofPaths());
    assertThat(sink.incomplete()).isEmpty();
  }

  @Test
  void changesetsBeyondTheDepthAreIgnored() throws Exception {
    repository.tooDeep = 5;
    MemorySink sink = new MemorySink(ofDepth(2).part());
    assertThat(pull(sink, ofDepth(2)).part().changesetsWithoutParents()).isEqualTo(1);
    assertThat(sink.keys()).isEqualTo(keys(List.of(F, G), 8, 10));
  }

  @Test
  void changesetWithinTheDepthThatIsLeftOutIsNamed() {
    repository.leftOut.add(changeset(7));
    MemorySink sink = new MemorySink(ofDepth(5).part());
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(() -> pull(sink, ofDepth(5)))
        .withMessageContaining("does not contain the requested changeset " + changeset(7));
    assertThat(sink.keys()).isEmpty();
  }

  @Test
  void damagedTextsNeverReachTheSink() {
    for (Node node :
        List.of(changeset(8), repository.manifests.get(8).node(), file(F, 8), file(F, 7))) {
      repository.damaged.clear();
      repository.damaged.add(node);
      MemorySink sink = new MemorySink(ofDepth(3).part());
      assertThatExceptionOfType(VerificationException.class)
          .isThrownBy(() -> pull(sink, ofDepth(3)))
          .withMessageContaining(node.hex());
      assertThat(sink.keys()).noneMatch(key -> key.node().equals(node));
    }
  }

  @Test
  void fileDeltaAgainstWhatDidNotComeIsAskedForAsText() throws Exception {
    ScriptedServer server = repository.serve();
    PullOptions options = ofDepth(3);
    MemorySink sink = new MemorySink(options.part());
    repository.presumesFileBases = true;
    assertThat(pull(server, sink, options).fileRevisions()).isEqualTo(6);
    assertThat(sink.keys()).isEqualTo(keys(List.of(F, G), 7, 10));
    assertThat(server.commands.stream().filter(c -> c.name().utf8().equals("filedata"))).hasSize(2);
  }

  @Test
  void manifestDeltaAgainstWhatDidNotComeIsRefused() {
    repository.presumesBases = true;
    MemorySink sink = new MemorySink(ofDepth(3).part());
    assertThatExceptionOfType(VerificationException.class)
        .isThrownBy(() -> pull(sink, ofDepth(3)))
        .withMessageContaining("was sent as a delta against " + repository.manifests.get(6).node());
  }

  // Phases.

  @Test
  void draftsWhoseRootsDidNotComeStayDrafts() throws Exception {
    ByteString root = ByteString.utf8(changeset(2).hex());
    repository.phases.put(root, ByteString.utf8("1"));
    repository.changesets.subList(2, 10).forEach(each -> repository.drafts.add(each.node()));
    MemorySink sink = new MemorySink(ofDepth(3).part());
    pull(sink, ofDepth(3));
    assertThat(requireNonNull(sink.state()).draftRoots()).containsExactly(changeset(7));

    repository.phases.clear();
    repository.drafts.clear();
    pull(sink, ofDepth(3));
    assertThat(requireNonNull(sink.state()).draftRoots()).isEmpty();
  }

  @Test
  void draftsBehindAGapStayDrafts() throws Exception {
    ByteString root = ByteString.utf8(changeset(9).hex());
    repository.phases.put(root, ByteString.utf8("1"));
    MemorySink sink = new MemorySink(ofDepth(2).part());
    pull(sink, ofDepth(2));
    repository.grow(5);
    repository.changesets.subList(9, 15).forEach(each -> repository.drafts.add(each.node()));
    pull(sink, ofDepth(2));
    assertThat(requireNonNull(sink.state()).draftRoots())
        .containsExactlyInAnyOrder(changeset(9), changeset(13));
  }

  @Test
  void nothingIsLeftInTheDirectory() throws Exception {
    assertThatThrownBy(() -> pull(new Failing(new MemorySink(ofDepth(3).part()), 2), ofDepth(3)))
        .hasMessage("no room");
    pull(new MemorySink(ofDepth(3).part()), ofDepth(3));
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void sinkOfTheGuideGetsItsPart() throws Exception {
    PullOptions newest = options(PathFilter.including("path:docs"), 3);
    NewestDocs sink = new NewestDocs();
    assertThat(pull(sink, newest)).extracting(PullSummary::changesets).isEqualTo(3L);
    repository.grow(2);
    assertThat(pull(sink, newest)).extracting(PullSummary::changesets).isEqualTo(2L);
    assertThat(sink.incomplete()).isEmpty();
    assertThat(sink.heads()).containsExactly(changeset(11));
    assertThatExceptionOfType(PartRefusedException.class)
        .isThrownBy(() -> pull(sink, PullOptions.DEFAULT));
  }

  @Test
  void partsAreBounded() {
    assertThatThrownBy(() -> PullOptions.DEFAULT.withDepth(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(PullOptions.DEFAULT.part().isWhole()).isTrue();
    assertThat(Set.of(ofPaths().part(), ofDepth(2).part())).noneMatch(RepositoryPart::isWhole);
  }
}
