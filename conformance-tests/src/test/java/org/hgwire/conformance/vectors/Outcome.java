// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/** What a decoder reports: events, and the error that ends them if there is one. */
final class Outcome {
  final ArrayNode events = JsonNodeFactory.instance.arrayNode();
  @Nullable ObjectNode error;

  /** Adds an event, whose fields the caller sets. */
  ObjectNode add(String event) {
    return events.addObject().put("event", event);
  }

  /** Returns the last event if it is one of {@code name}. */
  @Nullable ObjectNode last(String name) {
    return !events.isEmpty()
            && events.get(events.size() - 1) instanceof ObjectNode last
            && last.path("event").asText().equals(name)
        ? last
        : null;
  }

  /** Adds hexadecimal digits to the field {@code data} of the last event, or a new event. */
  ObjectNode append(String event, String hex) {
    ObjectNode last = last(event);
    ObjectNode node = last == null ? add(event) : last;
    return node.put("data", node.path("data").asText() + hex);
  }

  void fail(WireProtocolException fault) {
    error = ErrorNames.describe(fault);
  }

  /** Returns the code of the error, or that of the first event with one. */
  @Nullable String reported() {
    if (error != null) {
      return error.path("code").asText();
    }
    for (var event : events) {
      if (event.has("error")) {
        return event.path("error").path("code").asText();
      }
    }
    return null;
  }
}
