// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;

/** One of the decoders that vectors are for. */
interface VectorDecoder {
  /** The decoders by the names that vectors give them. */
  Map<String, VectorDecoder> ALL =
      Map.of(
          "frames", new FrameVectorDecoder(),
          "cbor", new CborVectorDecoder(),
          "handshake", new HandshakeVectorDecoder(),
          "capabilities-1", new Version1VectorDecoder(),
          "request-body", new RequestVectorDecoder(),
          "response-body", new ResponseVectorDecoder(),
          "command-response", new CommandResponseVectorDecoder(),
          "bundle", new BundleVectorDecoder());

  /** Returns the decoder that vectors call {@code name}. */
  static VectorDecoder named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  /**
   * Feeds the pieces and then the end of the input.
   *
   * @param vector where fields are that only some decoders need
   */
  Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector);

  /** Returns the defaults with what the field {@code limits} of a vector sets. */
  static WireLimits limits(JsonNode vector) {
    WireLimits limits = WireLimits.defaults();
    for (Map.Entry<String, JsonNode> limit : vector.path("limits").properties()) {
      limits =
          limits.with(
              WireLimit.valueOf(limit.getKey().toUpperCase(Locale.ROOT).replace('-', '_')),
              limit.getValue().asLong());
    }
    return limits;
  }
}
