// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameNotation;

/** A request, line by line. */
final class RequestBuilder {
  private static final int WHOLE = -1;

  private final String method;
  private final String target;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int cut = WHOLE;

  /** Begins with the line of method and target: as it is kept, and with its macros expanded. */
  RequestBuilder(String line, String expanded) {
    String[] words = expanded.split(" ", 3);
    if (words.length < 3) {
      throw new IllegalArgumentException("a request begins with its method and target");
    }
    lines.add(line);
    method = words[1];
    target = words[2];
  }

  /** Adds a line: as it is kept, and with its macros expanded. */
  void add(String line, String expanded) {
    lines.add(line);
    if (expanded.length() < 2) {
      throw new IllegalArgumentException("the line of a request is empty");
    }
    String content = expanded.substring(Math.min(3, expanded.length()));
    switch (expanded.charAt(1)) {
      case '|' ->
          body.writeBytes(ByteString.copyOf(FrameNotation.parse(content).encode()).toByteArray());
      case 'x' -> body.writeBytes(ByteString.fromHex(content.replace(" ", "")).toByteArray());
      case '"' -> body.writeBytes(ByteString.utf8(content + "\n").toByteArray());
      case '\'' -> body.writeBytes(ByteString.utf8(content).toByteArray());
      default -> addHeader(expanded.substring(2));
    }
  }

  private void addHeader(String line) {
    if (line.startsWith("cut ")) {
      cut = Integer.parseInt(line.substring("cut ".length()));
      return;
    }
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("a header has a colon");
    }
    headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  List<String> lines() {
    return lines;
  }

  SentRequest build() {
    ByteString bytes = ByteString.copyOf(body.toByteArray());
    return new SentRequest(method, target, headers, bytes, cut == WHOLE ? bytes.length() : cut);
  }
}
