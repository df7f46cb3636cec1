// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.example.mirror.MirroredRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.FieldData;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RawStoreStream;
import org.hgwire.client.RevisionStream;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.conformance.mercurial.StandardCalls;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.encoding.ContentEncodings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of the twelve commands, called by a real hg on our server and by our client on hg serve. */
final class TwelveCommandsTest {
  @TempDir Path temporary;
  private Hg hg;
  private Path repository;

  @BeforeEach
  void makeRepository() {
    hg = RealHg.require();
    repository = temporary.resolve("repository");
    hg.run(temporary, "init", repository.toString());
    SampleRepositories.publishNothing(repository);
    hg.run(repository, "debugbuilddag", "-q", "-n", "-m", "+3:a*a+2/a");
    hg.run(repository, "bookmark", "-r", "2", "mark");
    hg.run(repository, "phase", "--public", "-r", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void ourServerRespondsAsHgServeDoes(String encoding) throws IOException {
    List<String> options = DebugWireProtocol.v2(encoding);
    try (HgServe serve = HgServe.v2(hg, repository)) {
      MirroredRepository mirror;
      try (Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
        mirror = MirroredRepository.of(peer);
      }
      try (OurServer server = OurServer.of(mirror)) {
        for (String[] call : StandardCalls.all(hg, repository)) {
          // With haveparents a server may send a delta or the text.
          String[] fixed = call.clone();
          fixed[fixed.length - 1] =
              fixed[fixed.length - 1].replace("haveparents eval:True", "haveparents eval:False");
          String[] arguments = List.of(fixed).subList(1, call.length).toArray(new String[0]);
          Hg.Result theirs =
              DebugWireProtocol.call(hg, temporary, serve.url(), options, call[0], arguments);
          Hg.Result ours =
              DebugWireProtocol.call(hg, temporary, server.url(), options, call[0], arguments);
          switch (call[0]) {
            case "capabilities" -> assertThat(ours.orThrow()).contains("commands", "changesetdata");
            case "rawstorefiledata" -> assertThat(ours.errors()).contains("is not available");
            // Our server adds the phases of the roots, as the text allows.
            case "changesetdata" ->
                assertThat(ours.orThrow())
                    .startsWith(theirs.orThrow().replaceFirst("\n\\]\n$", ""));
            default -> assertThat(ours.orThrow()).as(call[0]).isEqualTo(theirs.orThrow());
          }
        }
        assertThat(mirror.snapshot().bookmarks()).containsKey(ByteString.utf8("other"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void ourClientReadsFromHgServeWhatHgReports(String encoding) throws IOException {
    PeerOptions options = PeerOptions.builder().encodings(ContentEncodings.named(encoding)).build();
    Node tip = node("tip", "{node}");
    Node root = node("0", "{node}");
    Node manifest = node("0", "{manifest % '{node}'}");
    String manifestText = hg.run(repository, "debugdata", "-m", "0");
    Node file = Node.fromHex(manifestText.split("\0", 3)[1].substring(0, 40));
    try (HgServe serve = HgServe.v2(hg, repository);
        Peer peer = Peer.connect(serve.url(), options)) {
      assertThat(peer.capabilities().commands())
          .containsKeys(ByteString.utf8("heads"), ByteString.utf8("rawstorefiledata"))
          .hasSize(12);
      assertThat(peer.branchmap()).isEqualTo(Map.of(ByteString.utf8("default"), List.of(tip)));
      assertThat(peer.heads()).containsExactly(tip);
      assertThat(peer.known(List.of(tip, Node.fromHex("ab".repeat(20)), root)))
          .containsExactly(true, false, true);
      assertThat(peer.lookup("mark")).isEqualTo(node("2", "{node}"));
      assertThat(peer.listkeys("bookmarks"))
          .isEqualTo(Map.of(ByteString.utf8("mark"), ByteString.utf8(node("2", "{node}").hex())));
      assertThatExceptionOfType(CommandFailedException.class)
          .isThrownBy(() -> peer.lookup("no such thing"))
          .withMessageContaining("no such thing");

      try (RevisionStream<DataHeader, ChangesetRecord> changesets =
          peer.changesetdata(
              new ChangesetdataRequest(
                  List.of(new RevisionSpecifier.ChangesetDagRange(List.of(), List.of(tip))),
                  EnumSet.allOf(ChangesetField.class)))) {
        assertThat(changesets.header().totalItems()).isEqualTo(7);
        List<Node> nodes = new ArrayList<>();
        for (ChangesetRecord each = changesets.next(); each != null; each = changesets.next()) {
          nodes.add(each.node());
          assertThat(read(changesets)).hasSize(1);
        }
        assertThat(nodes.stream().map(Node::hex))
            .containsExactlyElementsOf(
                hg.run(repository, "log", "-r", "all()", "-T", "{node}\n").lines().toList());
      }
      try (RevisionStream<DataHeader, RevisionRecord> manifests =
          peer.manifestdata(
              new ManifestdataRequest(
                  ByteString.empty(),
                  List.of(manifest),
                  Set.of(ManifestField.REVISION, ManifestField.PARENTS),
                  false))) {
        assertThat(manifests.header().totalItems()).isEqualTo(1);
        assertThat(manifests.next()).isNotNull();
        assertThat(read(manifests)).containsExactly(manifestText);
      }
      try (RevisionStream<DataHeader, RevisionRecord> files =
          peer.filedata(
              new FiledataRequest(
                  ByteString.utf8("mf"),
                  List.of(file),
                  Set.of(FileField.REVISION, FileField.LINKNODE),
                  false))) {
        RevisionRecord record = Objects.requireNonNull(files.next());
        assertThat(record.linkNode()).isEqualTo(root);
        assertThat(read(files)).containsExactly(hg.run(repository, "cat", "-r", "0", "mf"));
      }
      assertThat(peer.pushkey("bookmarks", "other", "", tip.hex())).isTrue();
      assertThat(hg.run(repository, "log", "-r", "other", "-T", "{node}")).isEqualTo(tip.hex());
      try (RawStoreStream store =
          peer.rawstorefiledata(
              new RawstorefiledataRequest(List.of(ByteString.utf8("changelog"))))) {
        long bytes = 0;
        for (RawStoreStream.Entry e = store.next(); e != null; e = store.next()) {
          bytes += e.bytes().readAllBytes().length;
        }
        assertThat(bytes).isPositive().isEqualTo(store.header().totalSize());
      }
    }
  }

  private static List<String> read(RevisionStream<?, ?> stream) throws IOException {
    List<String> fields = new ArrayList<>();
    for (FieldData field = stream.nextField(); field != null; field = stream.nextField()) {
      fields.add(new String(field.stream().readAllBytes(), StandardCharsets.ISO_8859_1));
    }
    return fields;
  }

  private Node node(String revision, String template) {
    return Node.fromHex(hg.run(repository, "log", "-r", revision, "-T", template));
  }
}
