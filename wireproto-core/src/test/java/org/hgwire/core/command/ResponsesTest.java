// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hgwire.core.command.Notation.NODE_A;
import static org.hgwire.core.command.Notation.NODE_B;
import static org.hgwire.core.command.Notation.assertFault;
import static org.hgwire.core.command.Notation.value;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesTest {
  private static final FollowingField REVISION = new FollowingField(FollowingField.REVISION, 106);
  private static final FollowingField DELTA = new FollowingField(FollowingField.DELTA, 26);

  private static final Map<String, Function<CborValue, Object>> READERS =
      Map.ofEntries(
          Map.entry("branchmap", BranchmapResponse::read),
          Map.entry("changeset", ChangesetRecord::read),
          Map.entry("revision", RevisionRecord::read),
          Map.entry("items", DataHeader::read),
          Map.entry("paths", FilesdataHeader::read),
          Map.entry("path", PathHeader::read),
          Map.entry("store", RawstorefiledataHeader::read),
          Map.entry("file", RawStoreFile::read),
          Map.entry("heads", HeadsResponse::read),
          Map.entry("clonebundles", ClonebundlesResponse::read),
          Map.entry("known", KnownResponse::read),
          Map.entry("listkeys", ListkeysResponse::read),
          Map.entry("lookup", LookupResponse::read),
          Map.entry("pushkey", PushkeyResponse::read));

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  /** What Mercurial 5.6.1 sends, except for rawstorefiledata. */
  static Stream<Arguments> responses() {
    return Stream.of(
        arguments(
            "changeset",
            new ChangesetRecord(
                NODE_A, Parents.NONE, Phase.PUBLIC, List.of(bytes("bm")), List.of(REVISION)),
            "{'node':$A,'parents':[$0,$0],'phase':'public','bookmarks':['bm'],"
                + "'fieldsfollowing':[['revision',106]]}"),
        arguments(
            "changeset",
            new ChangesetRecord(NODE_A, null, null, List.of(), List.of()),
            "{'node':$A}"),
        arguments(
            "revision",
            new RevisionRecord(NODE_A, Parents.of(NODE_B), NODE_B, NODE_B, List.of(DELTA)),
            "{'node':$A,'parents':[$B,$0],'linknode':$B,'deltabasenode':$B,"
                + "'fieldsfollowing':[['delta',26]]}"),
        arguments(
            "revision",
            new RevisionRecord(NODE_A, null, null, null, List.of(REVISION)),
            "{'node':$A,'fieldsfollowing':[['revision',106]]}"),
        arguments("items", new DataHeader(7), "{'totalitems':7}"),
        arguments("paths", new FilesdataHeader(6, 7), "{'totalpaths':6,'totalitems':7}"),
        arguments("path", new PathHeader(bytes("d/e"), 1), "{'path':'d/e','totalitems':1}"),
        arguments("store", new RawstorefiledataHeader(2, 300), "{'filecount':2,'totalsize':300}"),
        arguments(
            "file",
            new RawStoreFile(bytes("store"), bytes("00changelog.i"), 5),
            "{'location':'store','path':'00changelog.i','size':5}"),
        arguments("heads", new HeadsResponse(List.of(NODE_A, NODE_B)), "[$A,$B]"),
        arguments("heads", new HeadsResponse(List.of()), "[]"),
        arguments("known", KnownResponse.of(List.of(true, false)), "'10'"),
        arguments(
            "branchmap",
            new BranchmapResponse(Map.of(bytes("default"), List.of(NODE_A, NODE_B))),
            "{'default':[$A,$B]}"),
        arguments(
            "listkeys",
            new ListkeysResponse(Map.of(bytes("publishing"), bytes("True"))),
            "{'publishing':'True'}"),
        arguments("lookup", new LookupResponse(NODE_B), "$B"),
        arguments(
            "clonebundles",
            new ClonebundlesResponse(bytes("https://h/a BUNDLESPEC=gzip-v2\n")),
            "'https://h/a BUNDLESPEC=gzip-v2\\n'"),
        arguments("clonebundles", new ClonebundlesResponse(ByteString.empty()), "''"),
        arguments("pushkey", new PushkeyResponse(true), "true"));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void roundTrips(String kind, Object response, String text) throws Exception {
    assertThat(requireNonNull(READERS.get(kind)).apply(value(text))).isEqualTo(response);
    assertThat(response.getClass().getMethod("toCbor").invoke(response)).isEqualTo(value(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "changeset|[]|it is an array, not a map",
        "changeset|{}|node is missing",
        "changeset|{'node':h'00'}|a node of 1 bytes",
        "changeset|{'node':$A,'parents':$A}|parents is a byte string",
        "changeset|{'node':$A,'parents':[$A,$A,$A]}|parents holds 3 nodes",
        "changeset|{'node':$A,'phase':0}|phase is an integer",
        "changeset|{'node':$A,'phase':'archived'}|the phase archived is unknown",
        "changeset|{'node':$A,'bookmarks':'b'}|bookmarks is a byte string",
        "changeset|{'node':$A,'fieldsfollowing':'b'}|fieldsfollowing is a byte string",
        "changeset|{'node':$A,'fieldsfollowing':['b']}|an item of fieldsfollowing is a byte",
        "changeset|{'node':$A,'fieldsfollowing':[['b']]}|has 1 elements, not 2",
        "changeset|{'node':$A,'fieldsfollowing':[['b',1,1]]}|has 3 elements, not 2",
        "changeset|{'node':$A,'fieldsfollowing':[[1,1]]}|a name in fieldsfollowing is an integer",
        "changeset|{'node':$A,'fieldsfollowing':[['b',-1]]}|a size in fieldsfollowing",
        "changeset|{'node':$A,'fieldsfollowing':[['b',9223372036854775808]]}|not fit in 64 signed bits",
        "changeset|{'node':$A,'fieldsfollowing':[['b',1],['b',2]]}|names b twice",
        "revision|{'node':$A,'linknode':1}|linknode is an integer",
        "revision|{'node':$A,'fieldsfollowing':[['delta',1]]}|deltabasenode is missing",
        "revision|{'node':$A,'deltabasenode':$B,'fieldsfollowing':[['delta',1],['revision',1]]}|both",
        "items|{'totalitems':-1}|totalitems is an integer, not an unsigned integer",
        "items|{}|totalitems is missing",
        "paths|{'totalitems':1}|totalpaths is missing",
        "path|{'path':'a'}|totalitems is missing",
        "store|{'filecount':1}|totalsize is missing",
        "file|{'path':'a','size':1}|location is missing",
        "heads|{}|the response is a map, not an array",
        "heads|[h'']|a node of 0 bytes",
        "known|[]|the response is an array",
        "known|'102'|a byte that is neither 0 nor 1",
        "branchmap|[]|it is an array",
        "branchmap|{1:[]}|the name of a branch is an integer",
        "branchmap|{'a':1}|the heads of a branch is an integer",
        "listkeys|{1:'a'}|a key is an integer",
        "listkeys|{'a':1}|the value of a key is an integer",
        "lookup|'tip'|a node of 3 bytes",
        "pushkey|1|the response is an integer, not a boolean",
      })
  void refusesMalformedResponses(String kind, String text, String message) {
    assertFault(
        WireErrorCode.BAD_RESPONSE,
        message,
        () -> requireNonNull(READERS.get(kind)).apply(value(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "changeset|{'node':$A,'x':1}|{'node':$A}",
        "changeset|{'node':$A,'parents':[]}|{'node':$A,'parents':[$0,$0]}",
        "changeset|{'node':$A,'parents':[$B]}|{'node':$A,'parents':[$B,$0]}",
        "changeset|{'node':$A,'bookmarks':[],'fieldsfollowing':[]}|{'node':$A}",
        "items|{'totalitems':1,'x':[1]}|{'totalitems':1}",
        "known|h'0100'|'10'",
      })
  void ignoresUnknownKeysAndAcceptsOtherForms(String kind, String text, String same) {
    assertThat(requireNonNull(READERS.get(kind)).apply(value(text)))
        .isEqualTo(requireNonNull(READERS.get(kind)).apply(value(same)));
  }

  @Test
  void findsFollowingFieldsByName() {
    ChangesetRecord changeset =
        new ChangesetRecord(NODE_A, null, null, List.of(), List.of(DELTA, REVISION));
    assertThat(changeset.following(FollowingField.REVISION)).isEqualTo(REVISION);
    assertThat(changeset.following(bytes("other"))).isNull();
  }

  @Test
  void knownIsIndexedLikeTheRequest() {
    KnownResponse known = KnownResponse.of(List.of(false, true));
    assertThat(known.size()).isEqualTo(2);
    assertThat(known.known(0)).isFalse();
    assertThat(known.known(1)).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> new KnownResponse(bytes("2")));
  }

  @Test
  void sizesAreNotNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FollowingField(bytes("a"), -1));
  }

  @Test
  void parentsThatAreNotNullArePresent() {
    assertThat(Parents.NONE.present()).isEmpty();
    assertThat(Parents.of(NODE_A).present()).containsExactly(NODE_A);
    assertThat(new Parents(Node.NULL, NODE_B).present()).containsExactly(NODE_B);
    assertThat(new Parents(NODE_A, NODE_B).present()).containsExactly(NODE_A, NODE_B);
  }

  @Test
  void phasesHaveNamesAndNumbers() {
    for (Phase phase : Phase.values()) {
      assertThat(Phase.named(phase.wireName())).isEqualTo(phase);
    }
    assertThat(Phase.named(bytes("PUBLIC"))).isNull();
    assertThat(Stream.of(Phase.values()).map(Phase::number)).containsExactly(0, 1, 2);
  }

  /** Comparing each name with all previous ones would take 80 billion comparisons. */
  @Test
  @Timeout(60)
  void manyFollowingFieldsTakeLinearTime() {
    List<CborValue> fields = new ArrayList<>();
    for (int i = 0; i < 400_000; i++) {
      fields.add(CborArray.of(CborBytes.utf8("f" + i), CborInteger.of(i)));
    }
    CborMap record =
        CborMap.builder()
            .put("node", NODE_A.toByteString())
            .put("fieldsfollowing", new CborArray(fields))
            .build();
    assertThat(ChangesetRecord.read(record).following()).hasSize(400_000);
  }
}
