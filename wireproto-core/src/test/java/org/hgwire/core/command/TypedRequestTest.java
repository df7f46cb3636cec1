// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hgwire.core.command.Notation.NODE_A;
import static org.hgwire.core.command.Notation.NODE_B;
import static org.hgwire.core.command.Notation.assertFault;
import static org.hgwire.core.command.Notation.map;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicit;
import org.hgwire.core.message.RedirectOffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypedRequestTest {
  private static final Map<String, Function<CborMap, TypedRequest>> READERS =
      Map.ofEntries(
          Map.entry("branchmap", BranchmapRequest::read),
          Map.entry("capabilities", CapabilitiesRequest::read),
          Map.entry("changesetdata", ChangesetdataRequest::read),
          Map.entry("clonebundles", ClonebundlesRequest::read),
          Map.entry("filedata", FiledataRequest::read),
          Map.entry("filesdata", FilesdataRequest::read),
          Map.entry("heads", HeadsRequest::read),
          Map.entry("known", KnownRequest::read),
          Map.entry("listkeys", ListkeysRequest::read),
          Map.entry("lookup", LookupRequest::read),
          Map.entry("manifestdata", ManifestdataRequest::read),
          Map.entry("pushkey", PushkeyRequest::read),
          Map.entry("rawstorefiledata", RawstorefiledataRequest::read));

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  static Stream<Arguments> requests() {
    List<RevisionSpecifier> revisions = List.of(new ChangesetExplicit(List.of(NODE_A)));
    String specifiers = "'revisions':[{'type':'changesetexplicit','nodes':[$A]}]";
    return Stream.of(
        arguments(new BranchmapRequest(), "branchmap", "{}"),
        arguments(new CapabilitiesRequest(), "capabilities", "{}"),
        arguments(new ClonebundlesRequest(), "clonebundles", "{}"),
        arguments(
            new ChangesetdataRequest(revisions, Set.of()), "changesetdata", "{" + specifiers + "}"),
        arguments(
            new ChangesetdataRequest(revisions, Set.of(ChangesetField.values())),
            "changesetdata",
            "{'fields':258(['bookmarks','parents','phase','revision'])," + specifiers + "}"),
        arguments(
            new FiledataRequest(bytes("a"), List.of(NODE_A, NODE_B), Set.of(), false),
            "filedata",
            "{'path':'a','nodes':[$A,$B]}"),
        arguments(
            new FiledataRequest(bytes("a"), List.of(), Set.of(FileField.values()), true),
            "filedata",
            "{'path':'a','nodes':[],'haveparents':true,"
                + "'fields':258(['linknode','parents','revision'])}"),
        arguments(
            new FilesdataRequest(revisions, Set.of(), PathFilter.everything(), false),
            "filesdata",
            "{" + specifiers + "}"),
        arguments(
            new FilesdataRequest(
                revisions,
                Set.of(FileField.PARENTS),
                PathFilter.of(List.of(bytes("path:a")), List.of()),
                true),
            "filesdata",
            "{'haveparents':true,'fields':258(['parents']),'pathfilter':{'include':['path:a']},"
                + specifiers
                + "}"),
        arguments(new HeadsRequest(false), "heads", "{}"),
        arguments(new HeadsRequest(true), "heads", "{'publiconly':true}"),
        arguments(new KnownRequest(List.of()), "known", "{}"),
        arguments(new KnownRequest(List.of(NODE_B)), "known", "{'nodes':[$B]}"),
        arguments(new ListkeysRequest(bytes("phases")), "listkeys", "{'namespace':'phases'}"),
        arguments(new LookupRequest(bytes("tip")), "lookup", "{'key':'tip'}"),
        arguments(
            new ManifestdataRequest(bytes(""), List.of(NODE_A), Set.of(), false),
            "manifestdata",
            "{'tree':h'','nodes':[$A]}"),
        arguments(
            new ManifestdataRequest(bytes("d"), List.of(), Set.of(ManifestField.values()), true),
            "manifestdata",
            "{'tree':'d','nodes':[],'haveparents':true,'fields':258(['parents','revision'])}"),
        arguments(
            new PushkeyRequest(bytes("n"), bytes("k"), bytes("o"), bytes("v")),
            "pushkey",
            "{'namespace':'n','key':'k','old':'o','new':'v'}"),
        arguments(
            new RawstorefiledataRequest(List.of(bytes("changelog"))),
            "rawstorefiledata",
            "{'files':['changelog']}"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void roundTripsWithoutDefaults(TypedRequest request, String command, String arguments) {
    assertThat(request.arguments()).isEqualTo(map(arguments));
    assertThat(request.command()).isEqualTo(command);
    assertThat(requireNonNull(READERS.get(command)).apply(map(arguments))).isEqualTo(request);
    assertThat(request.toRequest().name()).isEqualTo(ByteString.utf8(command));
    assertThat(request.toRequest().arguments()).isEqualTo(map(arguments));
    assertThat(request.toRequest().redirect()).isNull();
  }

  @Test
  void carriesAnOfferToFollowRedirects() {
    RedirectOffer offer = new RedirectOffer(List.of(bytes("cdn")), List.of(bytes("sha256")));
    assertThat(new CapabilitiesRequest().toRequest(offer).redirect()).isEqualTo(offer);
  }

  @Test
  void acceptsDefaultsThatAreSent() {
    assertThat(HeadsRequest.read(map("{'publiconly':false}"))).isEqualTo(new HeadsRequest(false));
    assertThat(KnownRequest.read(map("{'nodes':[]}"))).isEqualTo(new KnownRequest(List.of()));
    FilesdataRequest request =
        FilesdataRequest.read(
            map("{'revisions':[],'fields':258([]),'haveparents':false,'pathfilter':null}"));
    assertThat(request)
        .isEqualTo(new FilesdataRequest(List.of(), Set.of(), PathFilter.everything(), false));
  }

  @Test
  void acceptsAnArrayInPlaceOfASet() {
    assertThat(ManifestdataRequest.read(map("{'tree':h'','nodes':[],'fields':['parents']}")))
        .isEqualTo(
            new ManifestdataRequest(bytes(""), List.of(), Set.of(ManifestField.PARENTS), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "branchmap|{'bogus':1}|no argument bogus",
        "capabilities|{1:1}|the name of an argument is an integer, not a byte string",
        "changesetdata|{}|revisions is missing",
        "changesetdata|{'revisions':{}}|it is a map, not an array",
        "changesetdata|{'revisions':[1]}|it is an integer, not a map",
        "changesetdata|{'revisions':[],'fields':'parents'}|fields is a byte string, not an array",
        "changesetdata|{'revisions':[],'fields':[true]}|fields is a boolean, not a byte string",
        "changesetdata|{'revisions':[],'fields':258(['nope'])}|fields holds nope",
        "filedata|{'nodes':[]}|path is missing",
        "filedata|{'path':'a'}|nodes is missing",
        "filedata|{'path':null,'nodes':[]}|path is null, not a byte string",
        "filedata|{'path':'a','nodes':258([])}|nodes is a set, not an array",
        "filedata|{'path':'a','nodes':[h'00']}|a node of 1 bytes, not 20",
        "filedata|{'path':'a','nodes':[],'haveparents':1}|haveparents is an integer, not a boolean",
        "filesdata|{'revisions':[],'pathfilter':[]}|it is an array, not a map",
        "filesdata|{'revisions':[],'fields':['firstchangeset']}|fields holds firstchangeset",
        "heads|{'publiconly':null}|publiconly is null, not a boolean",
        "known|{'nodes':null}|nodes is null, not an array",
        "listkeys|{}|namespace is missing",
        "lookup|{}|key is missing",
        "manifestdata|{'nodes':[]}|tree is missing",
        "manifestdata|{'tree':'','nodes':[],'fields':['linknode']}|fields holds linknode",
        "pushkey|{'namespace':'n','key':'k','old':'o'}|new is missing",
        "rawstorefiledata|{}|files is missing",
        "rawstorefiledata|{'files':[[]]}|files is an array, not a byte string",
      })
  void refusesMissingUnknownOrWrongArguments(String command, String text, String message) {
    assertFault(
        WireErrorCode.BAD_REQUEST,
        message,
        () -> requireNonNull(READERS.get(command)).apply(map(text)));
  }

  @Test
  void messagesQuoteAnExcerptOfPeerValues() {
    String name = "\u001b[31m" + "x".repeat(1000);
    CborMap arguments = CborMap.builder().put(name, 1).build();
    assertFault(WireErrorCode.BAD_REQUEST, "\\x1b[31mxxx", () -> HeadsRequest.read(arguments));
    try {
      HeadsRequest.read(arguments);
    } catch (org.hgwire.core.WireProtocolException e) {
      assertThat(e.getMessage()).hasSizeLessThan(150).endsWith("…");
    }
  }
}
