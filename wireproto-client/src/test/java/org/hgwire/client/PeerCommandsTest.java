// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.SenderSettings;
import org.hgwire.core.message.SideChannel;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.junit.jupiter.api.Test;

class PeerCommandsTest {
  private static final Node ONE = Node.fromHex("11".repeat(20));
  private static final Node TWO = Node.fromHex("22".repeat(20));
  private final ScriptedServer server = new ScriptedServer();

  private static CborBytes bytes(Node node) {
    return new CborBytes(node.toByteString());
  }

  private static CborBytes bytes(String text) {
    return CborBytes.utf8(text);
  }

  @Test
  void headsAreTheNodesOfTheArray() throws Exception {
    server.respond("heads", CborArray.of(bytes(ONE), bytes(TWO)));
    try (Peer peer = server.connect()) {
      assertThat(peer.heads()).containsExactly(ONE, TWO);
    }
  }

  @Test
  void knownHasAResultForEachNode() throws Exception {
    server.respond("known", bytes("10"));
    try (Peer peer = server.connect()) {
      assertThat(peer.known(List.of(ONE, TWO))).containsExactly(true, false);
    }
  }

  @Test
  void knownWithTooFewResultsIsABadResponse() throws Exception {
    server.respond("known", bytes("1"));
    try (Peer peer = server.connect()) {
      PeerProtocolException e =
          catchThrowableOfType(PeerProtocolException.class, () -> peer.known(List.of(ONE, TWO)));
      assertThat(e.fault().code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
    }
  }

  @Test
  void branchmapListkeysAndLookupAreTyped() throws Exception {
    server
        .respond("branchmap", CborMap.builder().put("default", CborArray.of(bytes(ONE))).build())
        .respond("listkeys", CborMap.builder().put("@", ByteString.utf8("x")).build())
        .respond("lookup", bytes(TWO));
    try (Peer peer = server.connect()) {
      assertThat(peer.branchmap()).isEqualTo(Map.of(ByteString.utf8("default"), List.of(ONE)));
      assertThat(peer.listkeys("bookmarks"))
          .isEqualTo(Map.of(ByteString.utf8("@"), ByteString.utf8("x")));
      assertThat(peer.lookup("tip")).isEqualTo(TWO);
    }
  }

  @Test
  void commandWithPushPermissionGoesToTheReadWriteUrl() throws Exception {
    CommandDescriptor push = CommandDescriptor.of(Map.of(), List.of(CommandDescriptor.PUSH));
    server.on("pushkey", push, request -> ScriptedServer.encoded(CborBoolean.TRUE));
    try (Peer peer = server.connect()) {
      assertThat(peer.pushkey("bookmarks", "", "", "")).isTrue();
    }
    assertThat(server.requests.get(1).url())
        .hasToString("http://server.test/repo/api/exp-http-v2-0003/rw/pushkey");
  }

  @Test
  void severalCommandsGoInOneMultirequest() throws Exception {
    server.respond("heads", CborArray.of(bytes(ONE))).respond("lookup", bytes(TWO));
    try (Peer peer = server.connect()) {
      Batch batch = peer.batch();
      CommandResult<List<Node>> heads = batch.heads();
      CommandResult<Node> lookup = batch.lookup("tip");
      batch.send();
      assertThat(lookup.await()).isEqualTo(TWO);
      assertThat(heads.toFuture(Runnable::run).get()).containsExactly(ONE);
      assertThat(heads.await()).containsExactly(ONE);
    }
    assertThat(server.requests).hasSize(2);
    assertThat(server.requests.get(1).url())
        .hasToString("http://server.test/repo/api/exp-http-v2-0003/ro/multirequest");
  }

  @Test
  void batchHasNoMoreCommandsThanAServerRunsAtOnce() throws Exception {
    try (Peer peer = server.connect()) {
      Batch batch = peer.batch();
      for (int i = 0; i < 100; i++) {
        batch.heads();
      }
      assertThatThrownBy(batch::heads)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("at most 100 commands");
    }
  }

  @Test
  void resultIsUnavailableBeforeItsBatchIsSent() throws Exception {
    try (Peer peer = server.connect()) {
      assertThatThrownBy(peer.batch().heads()::await).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(peer.batch()::send).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void recordsAreFollowedByTheirFieldsWholeOrStreamed() throws Exception {
    ByteString small = ByteString.utf8("small");
    byte[] large = new byte[300_000];
    large[299_999] = 7;
    server.on(
        "changesetdata",
        request ->
            List.of(
                    CborEncoder.encode(CborMap.builder().put("totalitems", 2).build()),
                    CborEncoder.encode(record(ONE, 5)),
                    CborEncoder.encode(new CborBytes(small)),
                    CborEncoder.encode(record(TWO, large.length)),
                    CborEncoder.encode(new CborBytes(ByteString.copyOf(large))))
                .iterator());
    try (Peer peer = server.connect();
        var stream = peer.changesetdata(new ChangesetdataRequest(List.of(), Set.of()))) {
      assertThat(stream.header().totalItems()).isEqualTo(2);
      ChangesetRecord first = requireNonNull(stream.next());
      assertThat(first.node()).isEqualTo(ONE);
      assertThat(requireNonNull(stream.nextField()).bytes()).isEqualTo(small);
      assertThat(stream.nextField()).isNull();
      assertThat(requireNonNull(stream.next()).node()).isEqualTo(TWO);
      FieldData field = requireNonNull(stream.nextField());
      assertThat(field.bytes()).isNull();
      assertThat(field.stream().readAllBytes()).isEqualTo(large);
      assertThat(stream.next()).isNull();
    }
  }

  @Test
  void unreadFieldsAreSkipped() throws Exception {
    byte[] large = new byte[300_000];
    server.on(
        "changesetdata",
        request ->
            List.of(
                    CborEncoder.encode(CborMap.builder().put("totalitems", 2).build()),
                    CborEncoder.encode(record(ONE, large.length)),
                    CborEncoder.encode(new CborBytes(ByteString.copyOf(large))),
                    CborEncoder.encode(record(TWO, 0)),
                    CborEncoder.encode(bytes("")))
                .iterator());
    try (Peer peer = server.connect();
        var stream = peer.changesetdata(new ChangesetdataRequest(List.of(), Set.of()))) {
      assertThat(requireNonNull(stream.next()).node()).isEqualTo(ONE);
      assertThat(requireNonNull(stream.next()).node()).isEqualTo(TWO);
      assertThat(stream.next()).isNull();
    }
  }

  @Test
  void fieldOfAnotherSizeThanAnnouncedIsABadResponse() throws Exception {
    server.on(
        "changesetdata",
        request ->
            ScriptedServer.encoded(
                CborMap.builder().put("totalitems", 1).build(), record(ONE, 4), bytes("12345")));
    try (Peer peer = server.connect();
        var stream = peer.changesetdata(new ChangesetdataRequest(List.of(), Set.of()))) {
      assertThat(stream.next()).isNotNull();
      assertThatThrownBy(stream::nextField).isInstanceOf(PeerProtocolException.class);
    }
  }

  @Test
  void filesdataSaysThePathOfEachRevision() throws Exception {
    CborMap revision = CborMap.builder().put("node", ONE.toByteString()).build();
    server.respond(
        "filesdata",
        CborMap.builder().put("totalpaths", 2).put("totalitems", 3).build(),
        CborMap.builder().put("path", ByteString.utf8("a")).put("totalitems", 2).build(),
        revision,
        revision,
        CborMap.builder().put("path", ByteString.utf8("b")).put("totalitems", 1).build(),
        revision);
    try (Peer peer = server.connect();
        var stream = peer.filesdata(filesdata())) {
      assertThat(requireNonNull(stream.next()).path()).isEqualTo(ByteString.utf8("a"));
      assertThat(requireNonNull(stream.next()).path()).isEqualTo(ByteString.utf8("a"));
      assertThat(requireNonNull(stream.next()).path()).isEqualTo(ByteString.utf8("b"));
      assertThat(stream.next()).isNull();
    }
  }

  @Test
  void filesdataThatEndsInsideAPathIsABadResponse() throws Exception {
    server.respond(
        "filesdata",
        CborMap.builder().put("totalpaths", 1).put("totalitems", 1).build(),
        CborMap.builder().put("path", ByteString.utf8("a")).put("totalitems", 1).build());
    try (Peer peer = server.connect();
        var stream = peer.filesdata(filesdata())) {
      assertThatThrownBy(stream::next).isInstanceOf(PeerProtocolException.class);
    }
  }

  private static FilesdataRequest filesdata() {
    return new FilesdataRequest(List.of(), Set.of(), PathFilter.everything(), false);
  }

  @Test
  void rawStoreFilesAreStreams() throws Exception {
    CborEncoder body = new CborEncoder();
    body.value(CborMap.builder().put("filecount", 1).put("totalsize", 3).build());
    body.value(
        CborMap.builder()
            .put("location", ByteString.utf8("store"))
            .put("path", ByteString.utf8("00changelog.i"))
            .put("size", 3)
            .build());
    body.indefiniteBytesStart().value(bytes("ab")).value(bytes("c")).indefiniteBytesEnd();
    ByteString encoded = ByteString.copyOf(body.take());
    server.on("rawstorefiledata", request -> List.of(encoded).iterator());
    try (Peer peer = server.connect();
        RawStoreStream files =
            peer.rawstorefiledata(
                new RawstorefiledataRequest(List.of(ByteString.utf8("changelog"))))) {
      assertThat(files.header().totalSize()).isEqualTo(3);
      RawStoreStream.Entry file = requireNonNull(files.next());
      assertThat(file.file().path()).isEqualTo(ByteString.utf8("00changelog.i"));
      assertThat(file.bytes().readAllBytes()).asString().isEqualTo("abc");
      assertThat(files.next()).isNull();
    }
  }

  @Test
  void failedCommandHasTheServersMessageWithoutControls() throws Exception {
    CborMap error =
        CborMap.builder()
            .put("status", ByteString.utf8("error"))
            .put(
                "error",
                CborMap.builder()
                    .put("message", ByteString.utf8("no \u001b[31m%n%s such\nthing"))
                    .build())
            .build();
    server.raw("lookup", request -> ScriptedServer.encoded(error));
    try (Peer peer = server.connect()) {
      CommandFailedException e =
          catchThrowableOfType(CommandFailedException.class, () -> peer.lookup(""));
      assertThat(e.command()).isEqualTo("lookup");
      assertThat(e.serverMessage()).startsWith("no ").contains("such thing");
      assertThat(e.getMessage()).doesNotContain("\u001b").doesNotContain("\n");
    }
  }

  @Test
  void aContentRedirectIsNotFollowed() throws Exception {
    CborMap redirect =
        CborMap.builder()
            .put("status", ByteString.utf8("redirect"))
            .put(
                "location",
                CborMap.builder()
                    .put("url", ByteString.utf8("http://elsewhere.test/x\u001b"))
                    .put("mediatype", ByteString.utf8("application/mercurial-cbor"))
                    .build())
            .build();
    server.raw("heads", request -> ScriptedServer.encoded(redirect));
    try (Peer peer = server.connect()) {
      RedirectNotFollowedException e =
          catchThrowableOfType(RedirectNotFollowedException.class, peer::heads);
      assertThat(e.location()).isEqualTo("http://elsewhere.test/x\\x1b");
      assertThat(e).hasMessageContaining("redirects are not followed");
    }
  }

  @Test
  void responseOfSeveralObjectsIsNoSingleResult() throws Exception {
    server.respond("heads", CborArray.of(), CborArray.of());
    try (Peer peer = server.connect()) {
      assertThatThrownBy(peer::heads).isInstanceOf(PeerProtocolException.class);
    }
  }

  @Test
  void aResponseWithoutObjectsIsNotASingleResult() throws Exception {
    server.respond("heads");
    try (Peer peer = server.connect()) {
      assertThatThrownBy(peer::heads).isInstanceOf(PeerProtocolException.class);
    }
  }

  @Test
  void everyCommandTakesItsRequestRecord() throws Exception {
    server
        .respond("branchmap", CborMap.builder().put("default", CborArray.of(bytes(ONE))).build())
        .respond("capabilities", capabilities())
        .respond("heads", CborArray.of(bytes(ONE)))
        .respond("known", bytes("1"))
        .respond("listkeys", CborMap.builder().put("@", ByteString.utf8("x")).build())
        .respond("lookup", bytes(TWO))
        .respond("pushkey", CborBoolean.TRUE);
    List<TypedRequest> requests = new ArrayList<>();
    try (Peer peer = server.connect()) {
      requests.add(new BranchmapRequest());
      assertThat(peer.branchmap(new BranchmapRequest())).hasSize(1);
      requests.add(new CapabilitiesRequest());
      assertThat(peer.capabilities(new CapabilitiesRequest()).commands()).isEmpty();
      requests.add(HeadsRequest.ofPublic());
      assertThat(peer.heads(HeadsRequest.ofPublic())).containsExactly(ONE);
      requests.add(KnownRequest.of(ONE));
      assertThat(peer.known(KnownRequest.of(ONE))).containsExactly(true);
      requests.add(ListkeysRequest.of("phases"));
      assertThat(peer.listkeys(ListkeysRequest.of("phases"))).hasSize(1);
      requests.add(LookupRequest.of("tip"));
      assertThat(peer.lookup(LookupRequest.of("tip"))).isEqualTo(TWO);
      requests.add(PushkeyRequest.of("bookmarks", "@", "", TWO.hex()));
      assertThat(peer.pushkey("bookmarks", "@", "", TWO.hex())).isTrue();
    }
    assertThat(server.commands)
        .extracting(CommandRequest::name, CommandRequest::arguments)
        .containsExactlyElementsOf(
            requests.stream()
                .map(request -> tuple(ByteString.utf8(request.command()), request.arguments()))
                .toList());
  }

  private static CborMap capabilities() {
    return CborMap.builder()
        .put("commands", CborMap.empty())
        .put("framingmediatypes", CborArray.of())
        .build();
  }

  @Test
  void clonebundlesIsReadAsAManifest() throws Exception {
    server.respond("clonebundles", bytes("https://elsewhere.test/full.hg BUNDLESPEC=gzip-v2\n"));
    try (Peer peer = server.connect()) {
      assertThat(peer.clonebundles().entries())
          .extracting(CloneBundleEntry::url)
          .containsExactly("https://elsewhere.test/full.hg");
    }
  }

  @Test
  void clonebundlesThatIsNoByteStringIsABadResponse() throws Exception {
    server.respond("clonebundles", CborArray.of());
    try (Peer peer = server.connect()) {
      PeerProtocolException e =
          catchThrowableOfType(PeerProtocolException.class, peer::clonebundles);
      assertThat(e.fault().code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
    }
  }

  @Test
  void clonebundlesIsReadNoFurtherThanAManifestMayBeLong() throws Exception {
    byte[] text = new byte[CloneBundleManifest.MAX_BYTES + 100_000];
    Arrays.fill(text, (byte) '\n');
    server.respond("clonebundles", new CborBytes(ByteString.copyOf(text)));
    try (Peer peer = server.connect()) {
      CloneBundleManifest manifest = peer.clonebundles();
      assertThat(manifest.entries()).isEmpty();
      assertThat(manifest.findings()).isNotEmpty();
    }
  }

  @Test
  void aCommandCanBeCalledByItsName() throws Exception {
    server.respond("custom", CborInteger.of(1));
    CborMap arguments = CborMap.builder().put("x", 1).build();
    try (Peer peer = server.connect();
        CommandResponse plain = peer.call("custom");
        CommandResponse withArguments = peer.call("custom", arguments)) {
      assertThat(plain.nextValue()).isEqualTo(CborInteger.of(1));
      assertThat(withArguments.nextValue()).isEqualTo(CborInteger.of(1));
    }
    assertThat(server.commands)
        .extracting(CommandRequest::arguments)
        .containsExactly(CborMap.empty(), arguments);
  }

  @Test
  void anyCommandCanBeCalledAndItsObjectsReadOneByOne() throws Exception {
    server.respond("custom", CborInteger.of(1), bytes("two"));
    try (Peer peer = server.connect();
        CommandResponse response =
            peer.call(CommandRequest.of("custom", CborMap.builder().put("x", 1).build()))) {
      assertThat(response.command()).isEqualTo("custom");
      assertThat(response.next()).isEqualTo(new ResponseObject.Value(CborInteger.of(1)));
      assertThat(response.next()).isEqualTo(new ResponseObject.Value(bytes("two")));
      assertThat(response.next()).isNull();
      assertThat(response.next()).isNull();
    }
    assertThat(server.commands.get(0).arguments().get("x")).isEqualTo(CborInteger.of(1));
  }

  @Test
  void responseThatIsCutAtAnyByteNeverLooksComplete() throws Exception {
    // A frame holds up to 32,768 bytes: with the status the first one ends where a value does.
    CborValue filling = new CborBytes(ByteString.copyOf(new byte[32_754]));
    server.respond("custom", filling, bytes("two"), CborInteger.of(3));
    boolean complete = false;
    int length = 32_700;
    for (; !complete; length++) {
      server.cut(length, false);
      PeerOptionsBuilder identity =
          PeerOptions.builder()
              .retries(RetryPolicy.never())
              .encodings(ContentEncodings.named("identity"));
      try (Peer peer = server.connect(identity);
          CommandResponse response = peer.call(CommandRequest.of("custom", CborMap.empty()))) {
        int values = 0;
        while (response.next() != null) {
          values++;
        }
        assertThat(values).isEqualTo(3);
        complete = true;
      } catch (PeerProtocolException e) {
        assertThat(e.fault().code()).isEqualTo(WireErrorCode.TRUNCATED);
      }
    }
    assertThat(length).isGreaterThan(32_780);
  }

  @Test
  void everyRequestNamesExactlyTheMediaTypeOfFrames() throws Exception {
    server.respond("heads", CborArray.of());
    try (Peer peer = server.connect()) {
      peer.heads();
    }
    assertThat(server.requests.get(1).headers())
        .containsExactly(
            new HttpTransport.Header("Accept", "application/mercurial-exp-framing-0006"),
            new HttpTransport.Header("Content-Type", "application/mercurial-exp-framing-0006"));
  }

  @Test
  void senderSettingsNameTheSideChannelsOfTheOptions() throws Exception {
    server.respond("heads", CborArray.of());
    List<SenderSettings> settings = new ArrayList<>();
    ExchangeListener listener =
        new ExchangeListener() {
          @Override
          public boolean wantsFrames() {
            return true;
          }

          @Override
          public void frameSent(Frame frame) {
            if (frame.header().typeCode() == FrameType.SENDER_PROTOCOL_SETTINGS.code()) {
              CborValue map = CborDecoder.decodeOne(frame.payload(), WireLimits.defaults());
              settings.add(SenderSettings.read(map));
            }
          }
        };
    for (SideChannel[] channels :
        List.of(
            SideChannel.values(), new SideChannel[] {SideChannel.PROGRESS}, new SideChannel[0])) {
      PeerOptionsBuilder options =
          PeerOptions.builder()
              .encodings(ContentEncodings.named("zlib"))
              .listener(listener)
              .sideChannels(channels);
      try (Peer peer = server.connect(options)) {
        peer.heads();
      }
    }
    assertThat(settings)
        .extracting(SenderSettings::textOutput, SenderSettings::progress)
        .containsExactly(tuple(true, true), tuple(false, true), tuple(false, false));
    assertThat(settings)
        .extracting(SenderSettings::contentEncodings)
        .containsOnly(List.of("zlib", "identity"));
  }

  private static CborMap record(Node node, int size) {
    CborValue field = CborArray.of(bytes("revision"), CborInteger.of(size));
    return CborMap.builder()
        .put("node", node.toByteString())
        .put("fieldsfollowing", CborArray.of(field))
        .build();
  }
}
