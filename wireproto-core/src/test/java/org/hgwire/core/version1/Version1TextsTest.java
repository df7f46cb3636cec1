// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.LookupResponse;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of version 1 as Mercurial writes them, and the texts of its responses. */
final class Version1TextsTest {
  private static final Node ONE = Node.fromHex("11".repeat(20));
  private static final Node TWO = Node.fromHex("22".repeat(20));

  /** What hg 7.2.4 says of itself, without the value of bundle2. */
  private static final Version1Capabilities HG =
      capabilities(
          "batch branchmap bundle2=HG20 changegroupsubset compression=zstd,zlib getbundle"
              + " httpheader=1024 httpmediatype=0.1rx,0.1tx,0.2tx known lookup pushkey unbundle");

  private static Version1Capabilities capabilities(String text) {
    return Version1Capabilities.parse(ByteString.utf8(text));
  }

  private static CborValue read(String command, String text) throws RefusedLookupException {
    return ResponseTexts.read(command, ByteString.utf8(text));
  }

  @Test
  void capabilitiesAreWordsWithValues() {
    assertThat(HG.has("known")).isTrue();
    assertThat(HG.has("know")).isFalse();
    assertThat(HG.headerLength()).isEqualTo(1024);
    assertThat(HG.negotiatesMediaTypes()).isTrue();
    assertThat(HG.acceptsPostedArguments()).isFalse();
    assertThat(HG.values()).containsEntry("compression", "zstd,zlib").containsEntry("batch", "");
    assertThat(capabilities("httpheader=many").headerLength()).isZero();
    assertThat(capabilities("").values()).isEmpty();
  }

  @Test
  void commandsAreThoseThatTheServerNames() {
    assertThat(HG.commands().commands().keySet().stream().map(ByteString::utf8))
        .containsExactlyInAnyOrder("heads", "known", "lookup", "branchmap", "listkeys", "pushkey");
    assertThat(capabilities("clonebundles_manifest").commands().command("clonebundles"))
        .isNotNull();
    assertThat(capabilities("lookup").commands().command("known")).isNull();
  }

  @Test
  void requestsHaveWhatVersion1HasForThem() {
    assertThat(request(new HeadsRequest(false).toRequest())).isEqualTo(Version1Request.of("heads"));
    assertThat(Version1Request.of(new HeadsRequest(true).toRequest(), HG)).isNull();
    assertThat(request(KnownRequest.of(ONE, TWO).toRequest()).arguments())
        .isEqualTo(Map.of("nodes", ByteString.utf8(ONE.hex() + " " + TWO.hex())));
    assertThat(request(PushkeyRequest.of("bookmarks", "@", "", ONE.hex()).toRequest()).arguments())
        .containsOnlyKeys("key", "namespace", "new", "old");
    assertThat(Version1Request.of(CommandRequest.of("filesdata", CborMap.empty()), HG)).isNull();
  }

  private static Version1Request request(CommandRequest request) {
    Version1Request text = Version1Request.of(request, HG);
    assertThat(text).isNotNull();
    return text;
  }

  @Test
  void argumentsGoIntoHeadersOfTheLengthThatTheServerNames() {
    Version1Request request =
        Version1Request.of("known")
            .with("nodes", List.of(ONE, TWO))
            .with("a", ByteString.utf8("/"));
    ArgumentForm form = ArgumentForm.of(request, capabilities("httpheader=70 known"));
    assertThat(form.query()).isEqualTo("cmd=known");
    assertThat(form.body()).isNull();
    String joined = form.headers().get("X-HgArg-1") + form.headers().get("X-HgArg-2");
    assertThat(joined).isEqualTo("a=%2F&nodes=" + ONE.hex() + "+" + TWO.hex());
    assertThat(form.headers()).containsEntry("Vary", "X-HgProto-1,X-HgArg-1,X-HgArg-2");
    form.headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith("X-HgArg")) {
                assertThat(name.length() + 2 + value.length()).isLessThanOrEqualTo(70);
              }
            });
  }

  @Test
  void argumentsGoIntoTheBodyWhereThatIsAccepted() {
    Version1Request request = Version1Request.of("lookup").with("key", ByteString.utf8("a b%~é"));
    ArgumentForm form = ArgumentForm.of(request, capabilities("httppostargs httpheader=1024"));
    String body = "key=a+b%25~%C3%A9";
    assertThat(form.body()).isEqualTo(ByteString.utf8(body));
    assertThat(form.headers()).containsEntry("X-HgArgs-Post", String.valueOf(body.length()));
  }

  @Test
  void argumentsGoIntoTheQueryWhereNothingElseIsRead() {
    Version1Request request = Version1Request.of("lookup").with("key", ByteString.utf8("tip"));
    ArgumentForm form = ArgumentForm.of(request, capabilities("lookup"));
    assertThat(form.query()).isEqualTo("cmd=lookup&key=tip");
    assertThat(form.headers()).isEmpty();
    assertThat(ArgumentForm.of(Version1Request.of("heads"), HG).headers()).isEmpty();
  }

  @Test
  void batchIsWrittenAsMercurialWritesIt() {
    Version1Request batch =
        BatchTexts.join(
            List.of(
                Version1Request.of("heads"),
                Version1Request.of("lookup").with("key", ByteString.utf8("a:b,c;d=e"))));
    assertThat(batch.command()).isEqualTo("batch");
    assertThat(batch.arguments())
        .isEqualTo(Map.of("cmds", ByteString.utf8("heads ;lookup key=a:cb:oc:sd:ee")));
  }

  @Test
  void responsesOfABatchAreTakenApart() {
    assertThat(BatchTexts.split(ByteString.utf8("a:cb;;1 :s"), 3).stream().map(ByteString::utf8))
        .containsExactly("a:b", "", "1 ;");
    assertBadResponse(() -> BatchTexts.split(ByteString.utf8("a;b"), 3));
    assertBadResponse(() -> BatchTexts.split(ByteString.utf8("a;b;c;d"), 3));
    assertBadResponse(() -> BatchTexts.split(ByteString.utf8("a:x"), 1));
    assertBadResponse(() -> BatchTexts.split(ByteString.utf8("a:"), 1));
  }

  private static void assertBadResponse(ThrowingCallable call) {
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(WireErrorCode.BAD_RESPONSE));
  }

  @Test
  void textsAreReadAsTheValuesOfVersion2() throws Exception {
    assertThat(HeadsResponse.read(read("heads", ONE.hex() + " " + TWO.hex() + "\n")).nodes())
        .containsExactly(ONE, TWO);
    assertThat(LookupResponse.read(read("lookup", "1 " + ONE.hex() + "\n")).node()).isEqualTo(ONE);
    assertThat(read("known", "010")).isEqualTo(CborBytes.utf8("010"));
    assertThat(read("known", "")).isEqualTo(CborBytes.utf8(""));
    assertThat(ListkeysResponse.read(read("listkeys", "@\t" + ONE.hex() + "\nempty\t")).values())
        .isEqualTo(
            Map.of(
                ByteString.utf8("@"), ByteString.utf8(ONE.hex()),
                ByteString.utf8("empty"), ByteString.utf8("")));
    assertThat(
            BranchmapResponse.read(
                    read("branchmap", "a%20b " + ONE.hex() + " " + TWO.hex() + "\nc " + TWO.hex()))
                .branches())
        .isEqualTo(
            Map.of(ByteString.utf8("a b"), List.of(ONE, TWO), ByteString.utf8("c"), List.of(TWO)));
    assertThat(read("clonebundles", "anything")).isEqualTo(CborBytes.utf8("anything"));
  }

  @Test
  void lookupThatFindsNothingHasTheTextOfTheServer() {
    assertThatExceptionOfType(RefusedLookupException.class)
        .isThrownBy(() -> read("lookup", "0 unknown revision 'x'\n"))
        .withMessage("unknown revision 'x'");
  }

  @ParameterizedTest
  @CsvSource({
    "heads, 1111",
    "heads, not a node",
    "known, 012",
    "lookup, 2 x",
    "lookup, 1 x",
    "lookup, ''",
    "branchmap, default",
    "branchmap, default x",
    "branchmap, %4 1111111111111111111111111111111111111111",
    "listkeys, key without value",
    "pushkey, yes"
  })
  void malformedTextsAreBadResponses(String command, String text) {
    assertBadResponse(() -> read(command, text));
  }

  @Test
  void keyThatIsThereTwiceIsABadResponse() {
    assertBadResponse(() -> read(ListkeysRequest.COMMAND, "a\tb\na\tc"));
    assertBadResponse(() -> read("branchmap", "a " + ONE.hex() + "\na " + TWO.hex()));
  }

  @Test
  void getbundleAsksForBundle2WhereTheServerHasIt() {
    GetbundleRequest request = new GetbundleRequest(List.of(), List.of(ONE));
    Version1Request text = request.toRequest(HG);
    assertThat(text.arguments())
        .containsEntry("common", ByteString.utf8(Node.NULL.hex()))
        .containsEntry("heads", ByteString.utf8(ONE.hex()))
        .containsEntry(
            "bundlecaps", ByteString.utf8("HG20,bundle2=HG20%0Achangegroup%3D01%2C02%2C03"));
    assertThat(request.toRequest(capabilities("getbundle")).arguments())
        .containsOnlyKeys("common", "heads");
  }

  @Test
  void clientNamesTheCompressionsThatItReads() {
    StreamCodings codings = new StreamCodings(ContentEncodings.named("zlib", "identity"));
    assertThat(codings.protocol()).isEqualTo("0.1 0.2 comp=zlib,none");
    assertThat(codings.find("zlib")).isNotNull();
    assertThat(codings.find("zstd")).isNull();
  }
}
