// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/**
 * The texts of {@code batch} (wireprotocol, batch): its argument, "a ';' delimited list of
 * strings", each of the form {@code <command> <arguments>}, and its response, the responses to the
 * commands, joined by {@code ;}.
 */
public final class BatchTexts {
  private static final String PLAIN = ":,;=";
  private static final String ESCAPED = "cose";

  private BatchTexts() {}

  /** Returns one request for several. */
  public static Version1Request join(List<Version1Request> requests) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (Version1Request request : requests) {
      if (text.size() > 0) {
        text.write(';');
      }
      text.writeBytes(request.command().getBytes(StandardCharsets.UTF_8));
      text.write(' ');
      String comma = "";
      for (Entry<String, ByteString> argument : request.arguments().entrySet()) {
        text.writeBytes(comma.getBytes(StandardCharsets.US_ASCII));
        escape(ByteString.utf8(argument.getKey()), text);
        text.write('=');
        escape(argument.getValue(), text);
        comma = ",";
      }
    }
    return Version1Request.of(Version1Capabilities.BATCH)
        .with("cmds", ByteString.copyOf(text.toByteArray()));
  }

  /**
   * Returns the responses in the response to {@code count} requests.
   *
   * @throws WireProtocolException with code BAD_RESPONSE if it is malformed, or has more or fewer
   */
  public static List<ByteString> split(ByteString response, int count) {
    List<ByteString> responses = new ArrayList<>(count);
    int from = 0;
    while (from <= response.length() && responses.size() <= count) {
      int found = response.indexOf((byte) ';', from);
      int end = found < 0 ? response.length() : found;
      responses.add(unescape(response.substring(from, end)));
      from = end + 1;
    }
    if (responses.size() != count) {
      throw malformed("a batch of " + count + " commands has another number of responses");
    }
    return responses;
  }

  private static void escape(ByteString text, ByteArrayOutputStream target) {
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i);
      int escape = PLAIN.indexOf(c);
      if (escape < 0) {
        target.write(c);
      } else {
        target.write(':');
        target.write(ESCAPED.charAt(escape));
      }
    }
  }

  private static ByteString unescape(ByteString text) {
    if (text.indexOf((byte) ':', 0) < 0) {
      return text;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i);
      if (c == ':') {
        i++;
        int escape = i < text.length() ? ESCAPED.indexOf(text.at(i)) : -1;
        if (escape < 0) {
          throw malformed("a response in a batch has an invalid escape");
        }
        c = PLAIN.charAt(escape);
      }
      plain.write(c);
    }
    return ByteString.copyOf(plain.toByteArray());
  }

  private static WireProtocolException malformed(String why) {
    return WireProtocolException.request(WireErrorCode.BAD_RESPONSE, why);
  }
}
