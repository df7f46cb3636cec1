// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RemovedChangesetException;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TransportException;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pull from a scripted server of version 1. */
@Timeout(60)
final class Version1PullTest {
  private static final ByteString NAMESPACE = ByteString.utf8("namespace");
  private static final String WORDS =
      "batch getbundle httpheader=1024 httpmediatype=0.1rx,0.1tx,0.2tx known lookup pushkey"
          + " bundle2=HG20%0Achangegroup%3D01%2C02%0Alistkeys%0Aobsmarkers%3DV0%2CV1";

  @TempDir Path directory;
  private final MemorySink kept = new MemorySink();
  private final MockWebServer server = new MockWebServer();
  private final ScriptedRepository repository = new ScriptedRepository(100).grow(5);
  private final List<String> commands = new ArrayList<>();
  private final List<String> getbundles = new ArrayList<>();
  private final List<ObsolescenceMarker> markers = new ArrayList<>();
  private String known = "";
  private byte[] bundle = {};

  /** Whether {@link #slice} responds; how many of its responses are cut, and what was requested. */
  private boolean slices;

  private int cuts;
  private final List<Integer> requested = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return respond(request);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private MockResponse respond(RecordedRequest request) {
    String command = requireNonNull(request.getUrl().queryParameter("cmd"));
    commands.add(command);
    return switch (command) {
      case "capabilities" ->
          response("application/mercurial-0.1", WORDS.getBytes(StandardCharsets.UTF_8));
      case "batch" -> {
        boolean asksKnown = arguments(request).contains("known");
        String text = heads() + (asksKnown ? ";" + known : "");
        yield response("application/mercurial-0.1", text.getBytes(StandardCharsets.UTF_8));
      }
      case "heads" ->
          response("application/mercurial-0.1", heads().getBytes(StandardCharsets.UTF_8));
      case "known" -> response("application/mercurial-0.1", known.getBytes(StandardCharsets.UTF_8));
      default -> {
        getbundles.add(arguments(request));
        if (slices) {
          yield slice(arguments(request));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("\4none".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bundle);
        yield bundle.length == 0
            ? new MockResponse.Builder().code(500).build()
            : response("application/mercurial-0.2", body.toByteArray());
      }
    };
  }

  /**
   * Responds with the changesets up to the head that is asked for, and cuts the first {@link #cuts}
   * but the whole.
   */
  private MockResponse slice(String arguments) {
    int count = arguments.contains("cg=0") ? repository.changesets.size() - 1 : 0;
    while (count < repository.changesets.size() - 1
        && !arguments.contains("heads=" + repository.changesets.get(count).node().hex())) {
      count++;
    }
    count++;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("\4none".getBytes(StandardCharsets.UTF_8));
    ScriptedBundle prefix = ScriptedBundle.of(new ScriptedRepository(100).grow(count));
    keys(prefix, "bookmarks", "");
    keys(prefix, "phases", "");
    body.writeBytes(prefix.hg20(BundleCompression.NONE));
    requested.add(count);
    MockResponse whole = response("application/mercurial-0.2", body.toByteArray());
    return count < repository.changesets.size() && cuts-- > 0
        ? whole
            .newBuilder()
            .addHeader("Connection", "close")
            .setHeader("Content-Length", body.size() + 1)
            .onResponseEnd(new SocketEffect.CloseSocket())
            .build()
        : whole;
  }

  private static String arguments(RecordedRequest request) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; request.getHeaders().get("X-HgArg-" + i) != null; i++) {
      all.append(request.getHeaders().get("X-HgArg-" + i));
    }
    return all.toString();
  }

  private static MockResponse response(String type, byte[] body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", type)
        .body(new Buffer().write(body))
        .build();
  }

  private Node head() {
    return repository.changesets.get(repository.changesets.size() - 1).node();
  }

  private String heads() {
    return head().hex() + "\n";
  }

  private PullSink sink() {
    return new ForwardingPullSink(kept) {
      @Override
      public void markerReceived(ObsolescenceMarker marker) {
        markers.add(marker);
      }
    };
  }

  private RepositoryState pull() throws IOException {
    try (Peer peer =
            Peer.connect(
                server.url("/").uri(), PeerOptions.builder().retries(RetryPolicy.never()).build());
        PullSink sink = sink()) {
      Pull.run(peer, sink, PullOptions.DEFAULT.withDirectory(directory));
      return requireNonNull(sink.state());
    }
  }

  private void requireNothing() throws IOException {
    try (PullSink sink = sink()) {
      assertThat(sink.heads()).isEmpty();
      assertThat(sink.incomplete()).isEmpty();
      assertThat(sink.state()).isNull();
    }
  }

  private static void keys(ScriptedBundle target, String namespace, String text) {
    part(target, "LISTKEYS", Map.of(NAMESPACE, ByteString.utf8(namespace)), ByteString.utf8(text));
  }

  private static void part(
      ScriptedBundle target,
      String name,
      Map<ByteString, ByteString> mandatory,
      ByteString payload) {
    target.parts.add(new ScriptedBundle.Part(name, mandatory, payload));
  }

  private ScriptedBundle whole() {
    ScriptedBundle whole = ScriptedBundle.of(repository);
    keys(whole, "bookmarks", "@\t" + head());
    keys(whole, "phases", repository.changesets.get(3).node() + "\t1");
    return whole;
  }

  /** A marker of version 0 that says that {@code node} was pruned. */
  private static ByteString pruned(Node node) {
    return ByteString.fromHex("00" + "00" + "00000000" + "00" + node.hex());
  }

  @Test
  void stateAndMarkersComeInTheBundle() throws IOException {
    Node gone = Node.fromHex("11".repeat(20));
    ScriptedBundle whole = whole();
    part(whole, "OBSMARKERS", Map.of(), pruned(gone));
    bundle = whole.hg20(BundleCompression.NONE);
    assertThat(pull())
        .isEqualTo(
            new RepositoryState(
                Set.of(head()),
                Map.of(ByteString.utf8("@"), head()),
                false,
                Set.of(repository.changesets.get(3).node())));
    assertThat(markers).extracting(ObsolescenceMarker::predecessor).containsExactly(gone);
    assertThat(commands).containsExactly("capabilities", "heads", "getbundle");
    assertThat(getbundles.get(0))
        .contains("cg=1", "listkeys=bookmarks%2Cphases", "obsmarkers=1")
        .contains("obsmarkers%253DV1");
  }

  @Test
  void slicesThatAreCutBecomeSmaller() throws IOException {
    repository.grow(395);
    slices = true;
    cuts = 2;
    try (Peer peer = Peer.connect(server.url("/").uri(), PeerOptions.defaults());
        PullSink sink = RepositorySink.open(directory.resolve("repository"), null)) {
      Pull.run(peer, sink, PullOptions.DEFAULT.withBatchSize(200).withDirectory(directory));
      assertThat(sink.incomplete()).isEmpty();
      assertThat(sink.heads()).containsExactly(head());
    }
    // All changesets; slices of 200 and 100 that are cut; slices of 50.
    assertThat(requested).containsExactly(400, 200, 100, 50, 100, 150, 200, 250, 300, 350, 400);
  }

  @Test
  void sliceThatIsCutEndsAPullThatRetriesNothing() {
    repository.grow(395);
    slices = true;
    cuts = 2;
    assertThatThrownBy(
            () -> {
              try (Peer peer =
                      Peer.connect(
                          server.url("/").uri(),
                          PeerOptions.builder().retries(RetryPolicy.never()).build());
                  PullSink sink = RepositorySink.open(directory.resolve("repository"), null)) {
                Pull.run(
                    peer, sink, PullOptions.DEFAULT.withBatchSize(200).withDirectory(directory));
              }
            })
        .isInstanceOf(TransportException.class);
    assertThat(requested).containsExactly(400, 200);
  }

  @Test
  void stateComesWithoutChangesetsIfNothingIsMissing() throws IOException {
    bundle = whole().hg20(BundleCompression.NONE);
    pull();
    commands.clear();
    known = "1";
    ScriptedBundle state = new ScriptedBundle();
    keys(state, "bookmarks", "");
    keys(state, "phases", "publishing\tTrue");
    bundle = state.partsAlone();
    assertThat(pull()).isEqualTo(new RepositoryState(Set.of(head()), Map.of(), true, Set.of()));
    assertThat(commands).containsExactly("capabilities", "batch", "getbundle");
    assertThat(getbundles.get(1)).contains("cg=0").doesNotContain("heads=", "common=");
  }

  @Test
  void changesetsThatWereNotAskedForAreRefused() throws IOException {
    bundle = whole().hg20(BundleCompression.NONE);
    Node asked = repository.changesets.get(2).node();
    repository.changesets.subList(3, 5).clear();
    assertThat(head()).isEqualTo(asked);
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(this::pull)
        .withMessageContaining("not asked for");
    requireNothing();
  }

  @Test
  void headThatIsNotSentIsMissed() throws IOException {
    ScriptedBundle none = new ScriptedBundle();
    keys(none, "bookmarks", "");
    keys(none, "phases", "");
    bundle = none.partsAlone();
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(this::pull)
        .withMessageContaining("does not contain the requested changeset " + head());
    requireNothing();
  }

  @Test
  void changesetThatWasStrippedMeanwhileIsNamed() {
    known = "0";
    assertThatExceptionOfType(RemovedChangesetException.class)
        .isThrownBy(this::pull)
        .satisfies(e -> assertThat(e.changeset()).isEqualTo(head()))
        .withMessageContaining("pull again");
    known = "1";
    assertThatThrownBy(this::pull)
        .isInstanceOf(PeerException.class)
        .isNotInstanceOf(RemovedChangesetException.class);
  }

  @Test
  void unknownPartsAreSkippedOrNamed() throws IOException {
    ScriptedBundle advisory = whole();
    part(advisory, "unheard-of", Map.of(), ByteString.utf8("anything"));
    bundle = advisory.hg20(BundleCompression.NONE);
    pull();
    repository.grow(1);
    ScriptedBundle mandatory = whole();
    part(mandatory, "UNHEARD-of", Map.of(), ByteString.utf8("anything"));
    bundle = mandatory.hg20(BundleCompression.NONE);
    known = "1";
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(this::pull)
        .withMessageContaining("UNHEARD-of");
  }

  @Test
  void malformedPartsAreTyped() {
    ScriptedBundle twice = whole();
    keys(twice, "phases", "no tab at all");
    ScriptedBundle parameter = whole();
    part(parameter, "LISTKEYS", Map.of(ByteString.utf8("x"), NAMESPACE), ByteString.empty());
    ScriptedBundle cut = whole();
    part(cut, "OBSMARKERS", Map.of(), pruned(head()).substring(0, 20));
    ScriptedBundle empty = whole();
    part(empty, "OBSMARKERS", Map.of(), pruned(Node.NULL));
    for (ScriptedBundle hostile : List.of(twice, parameter, cut, empty)) {
      bundle = hostile.hg20(BundleCompression.NONE);
      assertThatThrownBy(this::pull).isInstanceOf(PeerProtocolException.class);
    }
    assertThat(markers).isEmpty();
  }

  @Test
  void stateThatIsNotSentIsMissed() {
    bundle = ScriptedBundle.of(repository).hg20(BundleCompression.NONE);
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(this::pull)
        .withMessageContaining("bookmarks");
  }
}
