// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hgwire.conformance.vectors.VectorTable.Row;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.frame.FrameNotation;

/** The vectors of the table of messages, in the frames or values that carry them. */
final class MessageVectors {
  private static final String BOTH_END =
      "; 1 2 0 command-response eos x; 3 2 0 command-response eos x";

  private MessageVectors() {}

  static Stream<Vector> requests() {
    return ofKinds("request", "sender-settings");
  }

  static Stream<Vector> responses() {
    return ofKinds("error-response", "progress", "status", "location");
  }

  static Stream<Vector> handshakes() {
    return ofKinds("handshake", "capabilities");
  }

  private static Stream<Vector> ofKinds(String... kinds) {
    return VectorTable.ofCore("messages.vectors").stream()
        .filter(row -> Set.of(kinds).contains(row.field(2)))
        .map(row -> vector(row).expecting(row.code(4)));
  }

  private static Vector vector(Row row) {
    String text = row.field(3);
    return switch (row.field(2)) {
      case "request" -> frames(row, "1 1 stream-begin command-request new " + payload(text));
      case "sender-settings" ->
          frames(
              row,
              "1 1 stream-begin sender-protocol-settings eos "
                  + payload(text)
                  + "; 1 1 0 command-request new cbor:{b'name': b'heads'}");
      case "error-response" ->
          TableVectors.calling(
              frames(
                  row,
                  "1 2 stream-begin error-response 0 "
                      + payload(text)
                      + "; 3 2 0 command-response eos x"));
      case "progress" ->
          TableVectors.calling(
              frames(row, "1 2 stream-begin progress 0 " + payload(text) + BOTH_END));
      case "status" -> value(row, "command-response", text);
      case "location" ->
          value(row, "command-response", "{'status': 'redirect', 'location': " + text + "}");
      case "handshake" -> value(row, "handshake", text);
      default ->
          value(
              row,
              "handshake",
              "{'apibase': 'api/', 'apis': {'exp-http-v2-0003': "
                  + text
                  + "}, 'v1capabilities': ''}");
    };
  }

  private static String payload(String text) {
    return FrameNotation.printPayload(
        CborEncoder.encode(DiagnosticNotation.parse(text)).asByteBuffer());
  }

  private static Vector frames(Row row, String notation) {
    String decoder = notation.startsWith("1 1 ") ? "request-body" : "response-body";
    ByteString input = TableVectors.frames(notation);
    return Vector.of(row.id(), row.title(), decoder, input, TableVectors.TESTS)
        .noted(List.of(notation.split("; ", -1)));
  }

  private static Vector value(Row row, String decoder, String text) {
    CborValue value = DiagnosticNotation.parse(text);
    ByteString input = CborEncoder.encode(value);
    return Vector.of(row.id(), row.title(), decoder, input, TableVectors.TESTS)
        .noted(List.of(text));
  }
}
