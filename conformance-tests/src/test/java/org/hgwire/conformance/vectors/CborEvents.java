// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.hgwire.core.cbor.CborEvent;

/**
 * Adds the values of a sequence to an outcome when they are complete. A definite byte string is one
 * value even if a decoder delivers it in pieces; one of indefinite length keeps its chunks.
 */
final class CborEvents {
  private final Outcome outcome;
  private boolean indefinite;
  private ArrayNode chunks = JsonNodeFactory.instance.arrayNode();
  private StringBuilder chunk = new StringBuilder();

  CborEvents(Outcome outcome) {
    this.outcome = outcome;
  }

  void add(CborEvent event) {
    if (event instanceof CborEvent.ValueRead read) {
      outcome.add("value").set("value", CborJson.of(read.value()));
    } else if (event instanceof CborEvent.BytesStarted started) {
      indefinite = started.length() == CborEvent.BytesStarted.INDEFINITE;
      chunks = JsonNodeFactory.instance.arrayNode();
      chunk = new StringBuilder();
    } else if (event instanceof CborEvent.BytesRead read) {
      chunk.append(CborJson.hex(read.data()));
      if (read.endOfChunk()) {
        chunks.add(chunk.toString());
        chunk = new StringBuilder();
      }
    } else if (indefinite) {
      outcome.add("byte-string").set("chunks", chunks);
    } else {
      outcome.add("value").putObject("value").put("bytes", chunks.path(0).asText());
    }
  }
}
