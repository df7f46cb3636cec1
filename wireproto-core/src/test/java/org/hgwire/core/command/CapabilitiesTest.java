// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hgwire.core.command.Notation.assertFault;
import static org.hgwire.core.command.Notation.map;
import static org.hgwire.core.command.Notation.value;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilitiesTest {
  /** Readers by the kind of the vectors that they read; others are read elsewhere. */
  private static final Map<String, Consumer<CborValue>> READERS =
      Map.of("handshake", Handshake::read, "capabilities", ServerCapabilities::read);

  /** The response of Mercurial 5.6.1 to a client that upgrades. */
  private static ByteString recorded() throws IOException {
    try (InputStream in = CapabilitiesTest.class.getResourceAsStream("handshake-hg-5.6.1.hex")) {
      return ByteString.fromHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim());
    }
  }

  private static List<ByteString> list(String... strings) {
    return Arrays.stream(strings).map(ByteString::utf8).toList();
  }

  @Test
  void readsCapabilitiesOfMercurial() throws IOException {
    Handshake handshake =
        Handshake.read(CborDecoder.decodeOne(recorded().asByteBuffer(), WireLimits.defaults()));
    assertThat(handshake.apiBase().utf8()).isEqualTo(HttpV2Api.API_BASE);
    assertThat(handshake.v1Capabilities().utf8()).contains(" getbundle ");
    ServerCapabilities capabilities = requireNonNull(handshake.httpV2());
    assertThat(capabilities.framingMediaTypes()).isEqualTo(list(HttpV2Api.FRAMING_MEDIA_TYPE));
    assertThat(capabilities.pathFilterPrefixes()).isEqualTo(list("path:", "rootfilesin:"));
    assertThat(capabilities.rawRepoFormats())
        .isEqualTo(list("generaldelta", "revlogv1", "sparserevlog"));
    assertThat(capabilities.redirect()).isNull();
    assertThat(capabilities.commands()).hasSize(11);
    assertThat(capabilities.command("rawstorefiledata")).isNull();
    CommandDescriptor filesData = requireNonNull(capabilities.command("filesdata"));
    assertThat(filesData.permissions()).containsExactly(CommandDescriptor.PULL);
    assertThat(filesData.recommendedBatchSize()).hasValue(50_000);
    assertThat(requireNonNull(capabilities.command("pushkey")).permissions())
        .containsExactly(CommandDescriptor.PUSH);
    assertThat(requireNonNull(capabilities.command("heads")).recommendedBatchSize()).isEmpty();
    assertThat(filesData.arguments().values())
        .extracting(ArgumentDescriptor::argumentType)
        .containsOnly(ArgumentType.SET, ArgumentType.BOOL, ArgumentType.DICT, ArgumentType.LIST);
  }

  @Test
  void writesTheSameBytesAsMercurial() throws IOException {
    Handshake handshake =
        Handshake.read(CborDecoder.decodeOne(recorded().asByteBuffer(), WireLimits.defaults()));
    Handshake written =
        new Handshake(
            handshake.apiBase(),
            Map.of(ByteString.utf8(HttpV2Api.NAME), requireNonNull(handshake.httpV2()).toCbor()),
            handshake.v1Capabilities());
    assertThat(CborEncoder.encode(written.toCbor())).isEqualTo(recorded());
  }

  @Test
  void serverMayLackTheApi() {
    Handshake handshake = Handshake.read(value("{'apibase':'','apis':{},'v1capabilities':''}"));
    assertThat(handshake.httpV2()).isNull();
  }

  @Test
  void redirectTargetsAreReadAndWritten() {
    String text =
        "{'commands':{},'framingmediatypes':[],'pathfilterprefixes':258([]),'rawrepoformats':[],"
            + "'redirect':{'hashes':['sha256','sha1'],'targets':["
            + "{'name':'a','protocol':'https','uris':['https://a.example/'],"
            + "'snirequired':true,'tlsversions':['1.2','1.3']},"
            + "{'name':'b','protocol':'http','uris':[]}]}}";
    ServerCapabilities capabilities = ServerCapabilities.read(value(text));
    assertThat(capabilities.toCbor()).isEqualTo(value(text));
    assertThat(requireNonNull(capabilities.redirect()).hashes()).isEqualTo(list("sha256", "sha1"));
    assertThat(requireNonNull(capabilities.redirect()).targets())
        .containsExactly(
            new RedirectTarget(
                ByteString.utf8("a"),
                ByteString.utf8("https"),
                list("https://a.example/"),
                true,
                list("1.2", "1.3")),
            new RedirectTarget(
                ByteString.utf8("b"), ByteString.utf8("http"), List.of(), false, List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/org/hgwire/core/vectors/messages.vectors",
      delimiter = '!',
      quoteCharacter = '`')
  void readsOrRefusesTheVectors(
      String id,
      String title,
      String kind,
      String text,
      @Nullable WireErrorCode code,
      @Nullable String words) {
    Consumer<CborValue> reader = READERS.getOrDefault(kind, value -> {});
    if (code == null || !READERS.containsKey(kind)) {
      reader.accept(value(text));
    } else {
      assertFault(code, requireNonNull(words), () -> reader.accept(value(text)));
    }
  }

  @Test
  void keepsExtrasOfACommand() {
    String text = "{'args':{},'permissions':['pull'],'x':[1]}";
    CommandDescriptor command = CommandDescriptor.read(value(text));
    assertThat(command.extras()).isEqualTo(map("{'x':[1]}"));
    assertThat(command.toCbor()).isEqualTo(value(text));
    CommandDescriptor batched = command.withRecommendedBatchSize(5).withRecommendedBatchSize(7);
    assertThat(batched.recommendedBatchSize()).hasValue(7);
    assertThat(batched.extras()).isEqualTo(map("{'x':[1],'recommendedbatchsize':7}"));
    assertThat(CommandDescriptor.of(Map.of(), list("pull")).extras()).isEqualTo(CborMap.empty());
    for (String key : new String[] {"args", "permissions"}) {
      CborMap extras = CborMap.builder().put(key, 1).build();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CommandDescriptor(Map.of(), List.of(), extras));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "true", "'''5'''", "18446744073709551615"})
  void ignoresInvalidBatchSizes(String size) {
    CommandDescriptor command =
        CommandDescriptor.read(
            value("{'args':{},'permissions':[],'recommendedbatchsize':" + size + "}"));
    assertThat(command.recommendedBatchSize()).isEmpty();
  }

  @Test
  void requiredArgumentHasNoDefault() {
    assertThat(ArgumentDescriptor.read(value("{'type':'bytes','required':true,'default':1}")))
        .isEqualTo(ArgumentDescriptor.required(ArgumentType.BYTES));
    assertThat(ArgumentDescriptor.read(value("{'type':'dict','default':null}")))
        .isEqualTo(ArgumentDescriptor.optional(ArgumentType.DICT, value("null")));
    assertThat(ArgumentDescriptor.read(value("{'type':'odd'}")).argumentType()).isNull();
    assertThat(ArgumentDescriptor.read(value("{'type':'odd'}")).toCbor())
        .isEqualTo(value("{'type':'odd','required':false}"));
    assertThat(ArgumentDescriptor.read(value("{'type':'set','validvalues':['a']}")).validValues())
        .isEqualTo(value("258(['a'])"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ArgumentDescriptor(ByteString.utf8("int"), true, CborBytes.utf8(""), null));
    assertFault(
        WireErrorCode.BAD_RESPONSE,
        "validvalues has a member twice, or one that a set cannot have",
        () -> ArgumentDescriptor.read(value("{'type':'set','validvalues':[1,1]}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "bytes|'a'|1",
        "bool|true|1",
        "int|-1|true",
        "list|[1]|258([1])",
        "set|258([1])|{}",
        "set|[1]|'a'",
        "dict|{1:1}|[]",
      })
  void typeAcceptsOnlyItsValues(String type, String good, String bad) {
    ByteString name = ByteString.utf8("x");
    ArgumentDescriptor argument = ArgumentDescriptor.read(value("{'type':'" + type + "'}"));
    argument.check(name, value(good));
    assertFault(
        WireErrorCode.BAD_REQUEST,
        "not of the type " + type,
        () -> argument.check(name, value(bad)));
  }

  @Test
  void acceptsOnlyValidValues() {
    ByteString name = ByteString.utf8("x");
    ArgumentDescriptor fields =
        ArgumentDescriptor.optional(ArgumentType.SET, value("null"))
            .withValidValues(list("a", "b"));
    fields.check(name, value("null"));
    fields.check(name, value("258(['a'])"));
    fields.check(name, value("['b','a']"));
    for (String bad : new String[] {"258(['c'])", "['a','c']"}) {
      assertFault(WireErrorCode.BAD_REQUEST, "valid values", () -> fields.check(name, value(bad)));
    }
    ArgumentDescriptor one =
        ArgumentDescriptor.required(ArgumentType.BYTES).withValidValues(list("a"));
    one.check(name, value("'a'"));
    assertFault(WireErrorCode.BAD_REQUEST, "valid values", () -> one.check(name, value("'b'")));
    ArgumentDescriptor.read(value("{'type':'odd'}")).check(name, value("1"));
  }
}
