// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;

/**
 * Prints a sequence of values while it is decoded, in diagnostic notation without white space (RFC
 * 8949, section 8): {@code {h'61':1}}, {@code 258([1,h''])}, {@code (_ h'00',h'01')}, and {@code
 * ''_} for an indefinite byte string without chunks. Nothing is buffered: a byte string is printed
 * piece by piece.
 *
 * <p>Not safe for use by several threads.
 */
public final class DiagnosticPrinter {
  private static final String HEX = "0123456789abcdef";

  private final Appendable out;
  private final String separator;
  private boolean followsValue;
  private boolean indefinite;
  private boolean anyChunk;
  private boolean insideChunk;

  /**
   * Makes a printer that appends to {@code out}.
   *
   * @param separator what comes between two values of the sequence
   */
  public DiagnosticPrinter(Appendable out, String separator) {
    this.out = out;
    this.separator = separator;
  }

  /**
   * Prints {@code event}; its buffer, if it has one, keeps its position.
   *
   * @throws IOException if {@code out} does
   */
  public void print(CborEvent event) throws IOException {
    if (event instanceof CborEvent.ValueRead read) {
      separate();
      append(read.value());
    } else if (event instanceof CborEvent.BytesStarted started) {
      separate();
      indefinite = started.length() == CborEvent.BytesStarted.INDEFINITE;
      anyChunk = false;
    } else if (event instanceof CborEvent.BytesRead read) {
      piece(read);
    } else {
      out.append(!indefinite ? "" : anyChunk ? ")" : "''_");
    }
  }

  private void separate() throws IOException {
    if (followsValue) {
      out.append(separator);
    }
    followsValue = true;
  }

  private void piece(CborEvent.BytesRead read) throws IOException {
    if (!insideChunk) {
      if (indefinite) {
        out.append(anyChunk ? "," : "(_ ");
      }
      out.append("h'");
      anyChunk = true;
    }
    appendHex(read.data());
    insideChunk = !read.endOfChunk();
    if (!insideChunk) {
      out.append('\'');
    }
  }

  private void append(CborValue value) throws IOException {
    if (value instanceof CborNull) {
      out.append("null");
    } else if (value instanceof CborBoolean bool) {
      out.append(Boolean.toString(bool.value()));
    } else if (value instanceof CborInteger integer) {
      out.append(integer.toString());
    } else if (value instanceof CborBytes bytes) {
      appendBytes(bytes.value());
    } else if (value instanceof CborArray array) {
      appendItems(array.items());
    } else if (value instanceof CborSet set) {
      out.append("258(");
      appendItems(set.members());
      out.append(')');
    } else {
      appendMap((CborMap) value);
    }
  }

  private void appendBytes(ByteString bytes) throws IOException {
    out.append("h'");
    appendHex(bytes.asByteBuffer());
    out.append('\'');
  }

  private void appendItems(Iterable<CborValue> items) throws IOException {
    char before = '[';
    for (CborValue item : items) {
      out.append(before);
      append(item);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private void appendMap(CborMap map) throws IOException {
    char before = '{';
    for (var entry : map.entries()) {
      out.append(before);
      append(entry.getKey());
      out.append(':');
      append(entry.getValue());
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void appendHex(ByteBuffer bytes) throws IOException {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      int b = bytes.get(i);
      out.append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
    }
  }
}
