// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of test vectors: JSON lines in UTF-8, each an input in hexadecimal digits and the events or
 * the error code that a decoder must report for it. {@code docs/conformance/vectors.md} describes
 * every field.
 *
 * <pre>{@code
 * {"id":"cbor/array","decoder":"cbor","input":"820102","events":[{"event":"value","value":[1,2]}],…}
 * }</pre>
 */
public final class Vectors {
  private static final List<String> FILES =
      List.of(
          "bundles.jsonl",
          "cbor.jsonl",
          "frames.jsonl",
          "handshakes.jsonl",
          "requests.jsonl",
          "responses.jsonl");

  private Vectors() {}

  /** Returns the names of the files. */
  public static List<String> files() {
    return FILES;
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if {@code file} is not one of {@link #files}
   */
  public static InputStream open(String file) {
    InputStream input = FILES.contains(file) ? Vectors.class.getResourceAsStream(file) : null;
    if (input == null) {
      throw new IllegalArgumentException("there is no file of vectors " + file);
    }
    return input;
  }

  /**
   * Writes all files to {@code directory}, which is made if it is missing.
   *
   * @throws IOException if one cannot be written, or exists already
   */
  public static void copyTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String file : FILES) {
      try (InputStream input = open(file)) {
        Files.copy(input, directory.resolve(file));
      }
    }
  }
}
