// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpFields;

/**
 * A request as a faulty server gets it.
 *
 * @param method the method
 * @param target path and query
 * @param fields the header fields
 * @param body the body
 * @param connection the connection that it came over
 */
record Call(
    String method, String target, HttpFields fields, ByteString body, ClientConnection connection) {
  Call withMethod(String other) {
    return new Call(other, target, fields, body, connection);
  }

  Call withTarget(String other) {
    return new Call(method, other, fields, body, connection);
  }

  Call withBody(ByteString other) {
    return new Call(method, target, fields, other, connection);
  }

  /** Returns the value of a header field, or an empty string. */
  String field(String name) {
    return Objects.requireNonNullElse(fields.first(name), "");
  }

  /** Returns this request with a header field of one value; without it if that is empty. */
  Call withField(String name, String value) {
    Call without = withFields(entry -> entry.getKey().equalsIgnoreCase(name) ? null : entry);
    return value.isEmpty()
        ? without
        : new Call(method, target, without.fields.with(name, value), body, connection);
  }

  /** Returns this request with each header field replaced, or left out for null. */
  Call withFields(FieldChange change) {
    List<Entry<String, String>> changed = new ArrayList<>();
    for (Entry<String, String> entry : fields.entries()) {
      Entry<String, String> next = change.apply(entry);
      if (next != null) {
        changed.add(next);
      }
    }
    return new Call(method, target, new HttpFields(changed), body, connection);
  }

  /** Returns this request with other frames. */
  Call withFrames(UnaryOperator<List<RawFrame>> change) {
    return isFramed() ? withBody(RawFrame.encode(change.apply(RawFrame.parse(body)))) : this;
  }

  /** Returns whether the request is one for the API of version 2. */
  boolean isFramed() {
    return target.contains("/exp-http-v2-0003/") && !body.isEmpty();
  }

  /** Returns the name of the command of version 1, or an empty string. */
  String command() {
    return Version1Arguments.of(this).getOrDefault("cmd", "");
  }
}
