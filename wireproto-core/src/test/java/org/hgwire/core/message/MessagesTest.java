// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records in frames: they round trip, and malformed ones are refused. */
final class MessagesTest {
  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  private static CborValue cbor(String notation) {
    return DiagnosticNotation.parse(notation);
  }

  private static void assertRefused(
      Consumer<CborValue> reader, WireErrorCode code, ErrorScope scope, String notation) {
    CborValue value = cbor(notation);
    WireProtocolException fault =
        catchThrowableOfType(WireProtocolException.class, () -> reader.accept(value));
    assertThat(fault).as(notation).isNotNull();
    assertThat(fault.code()).as(notation).isEqualTo(code);
    assertThat(fault.scope()).as(notation).isEqualTo(scope);
    assertThat(fault.getMessage()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(400);
  }

  /** Readers by the kind of the vectors that they read; others are read elsewhere. */
  private static final Map<String, Consumer<CborValue>> READERS =
      Map.of(
          "request", CommandRequest::read,
          "sender-settings", SenderSettings::read,
          "status", ResponseStatus::read,
          "error-response", ErrorResponse::read,
          "progress", ProgressUpdate::read,
          "location", ContentLocation::read);

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/org/hgwire/core/vectors/messages.vectors",
      delimiter = '!',
      quoteCharacter = '`')
  void readsOrRefusesTheVectors(
      String id,
      String title,
      String kind,
      String notation,
      @Nullable WireErrorCode code,
      @Nullable String words) {
    Consumer<CborValue> reader = READERS.get(kind);
    if (reader == null) {
      assertThat(kind).isIn("handshake", "capabilities");
    } else if (code == null) {
      reader.accept(cbor(notation));
    } else {
      assertRefused(
          reader,
          code,
          kind.equals("sender-settings") ? ErrorScope.CONNECTION : ErrorScope.REQUEST,
          notation);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name': 'heads', 'args': {}}",
        "{'name': 'known', 'args': {'nodes': ['aa']}}",
        "{'name': 'h', 'args': {}, 'redirect': {'targets': ['t', 'u'], 'hashes': ['sha256']}}",
      })
  void requestsRoundTrip(String notation) {
    assertThat(CommandRequest.read(cbor(notation)).toCbor()).isEqualTo(cbor(notation));
  }

  @Test
  void requestMayLackArguments() {
    assertThat(CommandRequest.read(cbor("{'name': 'heads', 'unknown': 1}")))
        .isEqualTo(CommandRequest.of("heads", CborMap.empty()));
  }

  @Test
  void redirectOfferAcceptsSets() {
    CommandRequest request =
        CommandRequest.read(
            cbor("{'name': 'h', 'redirect': {'targets': 258(['t']), 'hashes': 258([])}}"));
    assertThat(request.redirect()).isEqualTo(new RedirectOffer(List.of(bytes("t")), List.of()));
  }

  @Test
  void settingsRoundTrip() {
    for (SenderSettings settings :
        List.of(
            SenderSettings.DEFAULT,
            new SenderSettings(List.of("zstd-8mb", "zlib", "identity"), true, true),
            new SenderSettings(List.of(), true, false),
            new SenderSettings(List.of("x"), false, true))) {
      assertThat(SenderSettings.read(settings.toCbor())).isEqualTo(settings);
    }
  }

  @Test
  void settingsWithoutKeysAreTheDefaults() {
    assertThat(SenderSettings.read(cbor("{'x': 1, 2: 3}"))).isEqualTo(SenderSettings.DEFAULT);
    assertThat(SenderSettings.read(cbor("{'hgwire-sidechannels': ['smoke']}")))
        .isEqualTo(SenderSettings.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status': 'ok'}",
        "{'status': 'error', 'error': {'message': 'no %s', 'args': ['luck']}}",
        "{'status': 'redirect', 'location': {'url': 'u', 'mediatype': 'm'}}",
      })
  void statusesRoundTrip(String notation) {
    assertThat(ResponseStatus.read(cbor(notation)).toCbor()).isEqualTo(cbor(notation));
  }

  @Test
  void commandErrorIsReadInBothForms() {
    CommandError atoms =
        CommandError.read(
            cbor("{'message': [{'msg': 'no %s', 'args': ['luck'], 'labels': ['red']}]}"));
    CommandError code = CommandError.read(cbor("{'message': 'no %s', 'args': ['luck']}"));
    CommandError plain = CommandError.read(cbor("{'message': '100%s'}"));
    assertThat(atoms.message().render(100)).isEqualTo("no luck");
    assertThat(code.message().render(100)).isEqualTo("no luck");
    assertThat(plain.message().render(100)).isEqualTo("100%s");
    assertThat(atoms.toCbor()).isEqualTo(cbor("{'message': 'no %s', 'args': ['luck']}"));
  }

  @Test
  void joinedCommandErrorRendersTheSame() {
    RichMessage message =
        RichMessage.read(
            cbor(
                "[{'msg': '%s and %s%', 'args': ['a']}, {'msg': '%% %d', 'args': ['unused']},"
                    + " {'msg': '%s', 'args': ['%s']}]"));
    CborMap written = new CommandError(message).toCbor();
    assertThat(written)
        .isEqualTo(cbor("{'message': '%s and %s%%%% %%d%s', 'args': ['a', '', '%s']}"));
    assertThat(CommandError.read(written).message().render(100))
        .isEqualTo(message.render(100))
        .isEqualTo("a and %% %d%s");
  }

  @Test
  void errorFramesAreWrittenAsArraysOfAtoms() {
    ErrorResponse error = ErrorResponse.of(ErrorResponse.Type.PROTOCOL, "50%");
    assertThat(error.toCbor())
        .isEqualTo(cbor("{'type': 'protocol', 'message': [{'msg': '50%%'}]}"));
    for (ErrorResponse.Type type : ErrorResponse.Type.values()) {
      ErrorResponse each = ErrorResponse.of(type, "é");
      assertThat(ErrorResponse.read(each.toCbor())).isEqualTo(each);
    }
    assertThat(
            ErrorResponse.read(cbor("{'type': 'server', 'message': '%s!', 'args': ['x']}"))
                .message()
                .render(9))
        .isEqualTo("x!");
  }

  @Test
  void progressRoundTrips() {
    for (ProgressUpdate update :
        List.of(
            new ProgressUpdate(bytes("t"), -1, 5, null, null),
            new ProgressUpdate(bytes("t"), 3, Long.MAX_VALUE, bytes("l"), bytes("é")))) {
      assertThat(ProgressUpdate.read(update.toCbor())).isEqualTo(update);
    }
  }

  @Test
  void locationRoundTrips() {
    ContentLocation full =
        new ContentLocation(
            bytes("https://cdn.example/1"),
            bytes("application/mercurial-cbor"),
            OptionalLong.of(12),
            List.of(
                new ContentHash(bytes("sha256"), bytes("x")),
                new ContentHash(bytes("sha512"), bytes("y"))),
            bytes("seed"),
            List.of(bytes("der")),
            List.of(bytes("ca1"), bytes("ca2")),
            new SegmentHashes(bytes("sha256"), 8, List.of(bytes("s1"), bytes("s2"))));
    assertThat(full.toCbor().size()).isEqualTo(8);
    assertThat(ContentLocation.read(full.toCbor())).isEqualTo(full);
    ContentLocation least =
        new ContentLocation(
            bytes("u"),
            bytes("m"),
            OptionalLong.empty(),
            List.of(),
            null,
            List.of(),
            List.of(),
            null);
    assertThat(least.toCbor()).isEqualTo(cbor("{'url': 'u', 'mediatype': 'm'}"));
    assertThat(ContentLocation.read(least.toCbor())).isEqualTo(least);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'url': 'u', 'mediatype': 'm', 'hgwire-segmenthashes': []}",
        "{'url': 'u', 'mediatype': 'm', 'hgwire-segmenthashes': {'algorithm': 'sha256', 'size':"
            + " 1}}",
        "{'url': 'u', 'mediatype': 'm', 'hgwire-segmenthashes':"
            + " {'algorithm': 'sha256', 'size': 0, 'hashes': []}}",
        "{'url': 'u', 'mediatype': 'm', 'hgwire-segmenthashes':"
            + " {'algorithm': 'sha256', 'size': -1, 'hashes': []}}",
        "{'url': 'u', 'mediatype': 'm', 'hgwire-segmenthashes':"
            + " {'algorithm': 1, 'size': 1, 'hashes': []}}",
      })
  void malformedSegmentHashesAreIgnored(String notation) {
    assertThat(ContentLocation.read(cbor(notation)).segmentHashes()).isNull();
  }

  @Test
  void messagesQuoteAnExcerpt() {
    assertRefused(
        ResponseStatus::read,
        WireErrorCode.BAD_RESPONSE,
        ErrorScope.REQUEST,
        "{'status': h'" + "1b".repeat(5_000) + "'}");
  }
}
