// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.hgwire.redirects.fetch.TemporaryFile;
import org.jspecify.annotations.Nullable;

/**
 * A byte string of any length: whether it is text is known at its end, so it waits in a temporary
 * file, which has no name.
 */
final class StreamedString implements AutoCloseable {
  private static final int PIECE = 32 * 1024;

  private final FileChannel file;

  private StreamedString(FileChannel file) {
    this.file = file;
  }

  /**
   * Reads a string to its end; the caller closes what is returned.
   *
   * @param directory where the temporary file is; null for the platform's directory
   */
  static StreamedString read(InputStream in, @Nullable Path directory) throws IOException {
    StreamedString string = new StreamedString(TemporaryFile.open(directory));
    try {
      in.transferTo(Channels.newOutputStream(string.file));
      return string;
    } catch (IOException | RuntimeException failure) {
      string.close();
      throw failure;
    }
  }

  /** Prints the string as {@link JsonString} does. */
  void printJson(PrintWriter out) throws IOException {
    out.print('"');
    if (isText()) {
      printText(out);
    } else {
      printHex(out);
    }
    out.print('"');
  }

  private boolean isText() throws IOException {
    char[] piece = new char[PIECE];
    try {
      Reader reader = reader();
      while (reader.read(piece) >= 0) {
        // Only whether it can be read matters.
      }
      return true;
    } catch (CharacterCodingException notText) {
      return false;
    }
  }

  private void printText(PrintWriter out) throws IOException {
    BufferedReader reader = new BufferedReader(reader());
    out.print(prefix(reader));
    char[] piece = new char[PIECE];
    int kept = 0;
    for (int count = reader.read(piece);
        count >= 0;
        count = reader.read(piece, kept, PIECE - kept)) {
      int length = kept + count;
      kept = Character.isHighSurrogate(piece[length - 1]) ? 1 : 0;
      JsonString.escape(new String(piece, 0, length - kept), out);
      piece[0] = piece[length - 1];
    }
  }

  private static String prefix(BufferedReader reader) throws IOException {
    char[] start = new char[JsonString.TEXT.length()];
    reader.mark(start.length);
    int length = 0;
    for (int count = 0; count >= 0 && length < start.length; length += Math.max(0, count)) {
      count = reader.read(start, length, start.length - length);
    }
    reader.reset();
    return JsonString.prefix(new String(start, 0, length));
  }

  private void printHex(PrintWriter out) throws IOException {
    out.print(JsonString.HEX);
    InputStream in = Channels.newInputStream(file.position(0));
    byte[] piece = new byte[PIECE];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      out.print(HexFormat.of().formatHex(piece, 0, count));
    }
  }

  private Reader reader() throws IOException {
    return new InputStreamReader(
        Channels.newInputStream(file.position(0)), StandardCharsets.UTF_8.newDecoder());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
