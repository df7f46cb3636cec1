// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.version1.Version1Capabilities;

/** The text of version 1 that says what a server offers. */
final class Version1VectorDecoder implements VectorDecoder {
  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    pieces.forEach(piece -> text.writeBytes(ByteString.copyOf(piece).toByteArray()));
    Version1Capabilities capabilities =
        Version1Capabilities.parse(ByteString.copyOf(text.toByteArray()));
    Outcome outcome = new Outcome();
    capabilities
        .values()
        .forEach((name, value) -> outcome.add("capability").put("name", name).put("value", value));
    BundleCapabilities bundles = capabilities.bundles();
    if (bundles != null) {
      bundles
          .values()
          .forEach(
              (name, values) -> {
                ObjectNode node = outcome.add("bundle-capability").put("name", name);
                values.forEach(node.putArray("values")::add);
              });
    }
    return outcome;
  }
}
