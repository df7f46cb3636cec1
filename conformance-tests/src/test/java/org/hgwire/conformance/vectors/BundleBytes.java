// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hgwire.core.ByteString;

/**
 * The notation of bundles in their table: pairs of hexadecimal digits, {@code 'text'}, {@code
 * 12*00}, and groups: <code>{ }</code> is preceded by the length of what is in it, {@code ( )} by
 * that length and four more, each in four bytes, big endian.
 */
final class BundleBytes {
  private final String text;
  private int at;

  private BundleBytes(String text) {
    this.text = text;
  }

  static ByteString parse(String text) {
    BundleBytes bytes = new BundleBytes(text);
    ByteString all = ByteString.copyOf(bytes.until('\0').toByteArray());
    if (bytes.at < text.length()) {
      throw new IllegalArgumentException("a bracket too many: " + text);
    }
    return all;
  }

  private ByteArrayOutputStream until(char end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (at < text.length() && "})".indexOf(text.charAt(at)) < 0) {
      char next = text.charAt(at);
      if (next == ' ') {
        at++;
      } else if (next == '\'') {
        int close = text.indexOf('\'', at + 1);
        out.writeBytes(text.substring(at + 1, close).getBytes(StandardCharsets.US_ASCII));
        at = close + 1;
      } else if (next == '{' || next == '(') {
        at++;
        group(out, until(next == '{' ? '}' : ')').toByteArray(), next == '{' ? 0 : Integer.BYTES);
        at++;
      } else {
        digits(out);
      }
    }
    if (end != '\0' && (at == text.length() || text.charAt(at) != end)) {
      throw new IllegalArgumentException("no " + end + " in " + text);
    }
    return out;
  }

  private static void group(ByteArrayOutputStream out, byte[] content, int more) {
    int length = content.length + more;
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    out.writeBytes(content);
  }

  private void digits(ByteArrayOutputStream out) {
    int start = at;
    while (at < text.length() && " '{}()".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    int star = word.indexOf('*');
    int times = star < 0 ? 1 : Integer.parseInt(word.substring(0, star));
    out.writeBytes(HexFormat.of().parseHex(word.substring(star + 1).repeat(times)));
  }
}
