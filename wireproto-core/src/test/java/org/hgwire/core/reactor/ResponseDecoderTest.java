// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decodes the response to one request: a status, then objects. */
final class ResponseDecoderTest {
  private static final String ERROR = "{'status': 'error', 'error': {'message': 'no'}}";
  private static final String REDIRECT =
      "{'status': 'redirect', 'location': {'url': 'u', 'mediatype': 'm'}}";

  private static ByteBuffer cbor(String... values) {
    CborEncoder encoder = new CborEncoder();
    for (String value : values) {
      encoder.value(DiagnosticNotation.parse(value));
    }
    return ByteString.copyOf(encoder.take()).asByteBuffer();
  }

  private static List<ResponseEvent> poll(ResponseDecoder decoder) {
    List<ResponseEvent> events = new ArrayList<>();
    for (ResponseEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      events.add(event);
    }
    return events;
  }

  private static ResponseEvent object(String value) {
    return new ResponseEvent.ObjectReceived(
        new CborEvent.ValueRead(DiagnosticNotation.parse(value)));
  }

  private static ResponseDecoder response() {
    return ResponseDecoder.ofResponse(WireLimits.defaults());
  }

  private static WireProtocolException fault(Runnable call) {
    WireProtocolException fault = catchThrowableOfType(WireProtocolException.class, call::run);
    assertThat(fault).isNotNull();
    assertThat(fault.scope()).isEqualTo(ErrorScope.REQUEST);
    return fault;
  }

  @Test
  void objectsFollowTheStatus() {
    ResponseDecoder decoder = response();
    decoder.feed(cbor("{'status': 'ok'}", "1", "{'status': 'error'}", "{'error': {}}"));
    assertThat(poll(decoder))
        .containsExactly(object("1"), object("{'status': 'error'}"), object("{'error': {}}"));
    decoder.endOfInput();
  }

  @Test
  void noObjectIsLegal() {
    ResponseDecoder decoder = response();
    decoder.feed(cbor("{'status': 'ok'}"));
    assertThat(poll(decoder)).isEmpty();
    decoder.endOfInput();
  }

  @Test
  void errorInTheStatusFailsTheCommand() {
    ResponseDecoder decoder = response();
    decoder.feed(cbor(ERROR, "1"));
    List<ResponseEvent> events = poll(decoder);
    assertThat(events).hasSize(1);
    assertThat(((ResponseEvent.CommandFailed) events.get(0)).error().message().render(9))
        .isEqualTo("no");
    decoder.feed(ByteBuffer.wrap(new byte[] {(byte) 0xff}));
    assertThat(decoder.poll()).isNull();
    decoder.endOfInput();
  }

  @Test
  void errorAmongTheObjectsFailsTheCommand() {
    for (ResponseDecoder decoder :
        List.of(response(), ResponseDecoder.ofRedirectedBody(WireLimits.defaults()))) {
      decoder.feed(cbor("{'status': 'ok'}", "1", ERROR, "2"));
      List<ResponseEvent> events = poll(decoder);
      assertThat(events.get(events.size() - 1)).isInstanceOf(ResponseEvent.CommandFailed.class);
      assertThat(events).doesNotContain(object(ERROR), object("2")).contains(object("1"));
      decoder.endOfInput();
    }
  }

  @Test
  void redirectEndsTheResponse() {
    ResponseDecoder decoder = response();
    decoder.feed(cbor(REDIRECT, "1"));
    List<ResponseEvent> events = poll(decoder);
    assertThat(events).hasSize(1).first().isInstanceOf(ResponseEvent.Redirected.class);
  }

  @Test
  void redirectedBodyHasOnlyObjects() {
    ResponseDecoder decoder = ResponseDecoder.ofRedirectedBody(WireLimits.defaults());
    decoder.endOfInput();
    decoder = ResponseDecoder.ofRedirectedBody(WireLimits.defaults());
    decoder.feed(cbor("{'status': 'ok'}", REDIRECT));
    assertThat(poll(decoder)).containsExactly(object("{'status': 'ok'}"), object(REDIRECT));
    decoder.endOfInput();
  }

  @Test
  void bytesInPiecesAreObjects() {
    ResponseDecoder decoder = response();
    decoder.feed(cbor("{'status': 'ok'}"));
    assertThat(poll(decoder)).isEmpty();
    decoder.feed(ByteString.fromHex("5f4161ff").asByteBuffer());
    assertThat(poll(decoder))
        .hasSize(3)
        .endsWith(new ResponseEvent.ObjectReceived(new CborEvent.BytesEnded()));
    decoder.endOfInput();
  }

  @ParameterizedTest
  @CsvSource({
    "01, BAD_RESPONSE",
    "5f4161ff, BAD_RESPONSE",
    "a0, BAD_RESPONSE",
    "ff, MALFORMED",
    "a20001, ",
    "a200010002, DUPLICATE_KEY"
  })
  void malformedResponseIsRefusedRepeatedly(String hex, @Nullable WireErrorCode code) {
    ResponseDecoder decoder = response();
    decoder.feed(ByteString.fromHex(hex).asByteBuffer());
    if (code == null) {
      assertThat(decoder.poll()).isNull();
      assertThat(fault(decoder::endOfInput).code()).isEqualTo(WireErrorCode.TRUNCATED);
    } else {
      WireProtocolException fault = fault(decoder::poll);
      assertThat(fault.code()).isEqualTo(code);
      assertThat(fault(decoder::poll)).isSameAs(fault);
      assertThat(fault(decoder::endOfInput)).isSameAs(fault);
    }
  }

  @Test
  void missingStatusIsTruncated() {
    ResponseDecoder decoder = response();
    assertThat(fault(decoder::endOfInput).code()).isEqualTo(WireErrorCode.TRUNCATED);
  }

  @Test
  void malformedErrorAmongTheObjectsIsAFault() {
    ResponseDecoder decoder = response();
    decoder.feed(cbor("{'status': 'ok'}", "{'status': 'error', 'error': {}}"));
    assertThat(fault(decoder::poll).code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
  }

  @Property(tries = 20_000)
  void anyBytesGiveEventsOrTypedFaults(@ForAll @Size(max = 40) byte[] bytes) {
    ResponseDecoder decoder = response();
    try {
      decoder.feed(cbor("{'status': 'ok'}"));
      poll(decoder);
      decoder.feed(ByteBuffer.wrap(bytes));
      poll(decoder);
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      assertThat(fault.scope()).isEqualTo(ErrorScope.REQUEST);
    }
  }
}
