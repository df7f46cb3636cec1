// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.conformance.vectors.VectorTable.Row;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameNotation;

/** The vectors of the tables, apart from messages. */
final class TableVectors {
  static final String TESTS = "tests of hgwire";

  private TableVectors() {}

  static Stream<Vector> cbor() {
    return VectorTable.ofCore("cbor.vectors").stream()
        .map(
            row ->
                of(row, "cbor", hex(row.field(2)))
                    .noted(row.field(3).isEmpty() ? List.of() : List.of(row.field(3)))
                    .expecting(row.code(4))
                    .limited(row.field(5)));
  }

  static Stream<Vector> frames() {
    return VectorTable.ofCore("frames.vectors").stream()
        .map(
            row ->
                of(row, "frames", hex(row.field(2)))
                    .noted(lines(row.field(3)))
                    .expecting(row.code(4))
                    .limited(row.field(5)));
  }

  static Stream<Vector> requests() {
    return VectorTable.ofCore("requests.vectors").stream()
        .map(row -> ofFrames(row, "request-body"));
  }

  static Stream<Vector> responses() {
    return VectorTable.ofCore("responses.vectors").stream()
        .map(row -> calling(ofFrames(row, "response-body")));
  }

  /** Adds the requests that the table of responses and the messages belong to. */
  static Vector calling(Vector vector) {
    vector.setting().putArray("accepted").add("zlib").add("identity");
    for (String command : List.of("heads", "known")) {
      int id = 2 * vector.setting().withArray("requests").size() + 1;
      vector.setting().withArray("requests").addObject().put("request", id).put("command", command);
    }
    return vector;
  }

  static Stream<Vector> bundles() {
    return VectorTable.ofThisModule("bundles.vectors").stream()
        .map(
            row ->
                of(row, "bundle", BundleBytes.parse(row.field(2)))
                    .noted(List.of(row.field(2)))
                    .expecting(row.code(3))
                    .limited(row.field(4)));
  }

  private static Vector ofFrames(Row row, String decoder) {
    return of(row, decoder, frames(row.field(2)))
        .noted(lines(row.field(2)))
        .expecting(row.code(3))
        .limited(row.field(4));
  }

  private static Vector of(Row row, String decoder, ByteString input) {
    String id = row.id();
    String source =
        id.startsWith("cbor/rfc8949/f/")
            ? "RFC 8949, appendix F"
            : id.startsWith("cbor/rfc8949/") ? "RFC 8949, appendix A" : TESTS;
    return Vector.of(id, row.title(), decoder, input, source);
  }

  private static ByteString hex(String text) {
    return ByteString.fromHex(text.replace(" ", ""));
  }

  private static List<String> lines(String frames) {
    return frames.isEmpty() ? List.of() : List.of(frames.split("; ", -1));
  }

  /** Returns the bytes of frames in text notation, separated by {@code "; "}. */
  static ByteString frames(String notation) {
    List<ByteBuffer> frames = new ArrayList<>();
    int size = 0;
    for (String line : lines(notation)) {
      ByteBuffer frame = FrameNotation.parse(line).encode();
      frames.add(frame);
      size += frame.remaining();
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    frames.forEach(bytes::put);
    return ByteString.copyOf(bytes.flip());
  }
}
