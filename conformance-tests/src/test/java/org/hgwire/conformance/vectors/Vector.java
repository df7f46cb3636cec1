// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * A vector before it is decoded.
 *
 * @param id the stable id
 * @param title what is special about the input, in words
 * @param decoder the name of the decoder
 * @param setting further fields that the decoder reads
 * @param input the bytes
 * @param notation the input for human readers
 * @param source where it comes from
 * @param code the error that its author expects, or null for none
 */
record Vector(
    String id,
    String title,
    String decoder,
    ObjectNode setting,
    ByteString input,
    List<String> notation,
    String source,
    @Nullable WireErrorCode code) {
  private static final int MAX_NOTATION = 200;

  static Vector of(String id, String title, String decoder, ByteString input, String source) {
    ObjectNode setting = JsonNodeFactory.instance.objectNode();
    return new Vector(id, title, decoder, setting, input, List.of(), source, null);
  }

  Vector expecting(@Nullable WireErrorCode expected) {
    return new Vector(id, title, decoder, setting, input, notation, source, expected);
  }

  Vector noted(List<String> lines) {
    return new Vector(id, title, decoder, setting, input, lines, source, code);
  }

  /** Sets limits as a table writes them: {@code max-cbor-depth=3 max-cbor-items=4}. */
  Vector limited(String limits) {
    for (String limit : limits.isEmpty() ? new String[0] : limits.split(" ", -1)) {
      String[] pair = limit.split("=", -1);
      setting.withObject("limits").put(pair[0], Long.parseLong(pair[1]));
    }
    return this;
  }

  /**
   * Returns the line of the file: what the decoder reports is in it.
   *
   * @throws IllegalStateException if that is not what the author of the vector expects
   */
  ObjectNode decoded() {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("id", id).put("title", title).put("decoder", decoder).setAll(setting);
    line.put("input", input.hex());
    WireLimits limits = VectorDecoder.limits(line);
    Outcome outcome =
        VectorDecoder.named(decoder).decode(List.of(input.asByteBuffer()), limits, line);
    boolean asExpected =
        code == null ? outcome.error == null : ErrorNames.of(code).equals(outcome.reported());
    if (!asExpected) {
      throw new IllegalStateException(id + ": expected " + code + ", not " + outcome.error);
    }
    line.set("events", outcome.events);
    if (outcome.error != null) {
      line.set("error", outcome.error);
    }
    notation.forEach(
        text ->
            line.withArray("notation")
                .add(text.length() <= MAX_NOTATION ? text : text.substring(0, MAX_NOTATION) + "…"));
    return line.put("source", source);
  }
}
