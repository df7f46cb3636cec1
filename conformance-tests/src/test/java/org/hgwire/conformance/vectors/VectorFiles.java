// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Renders the files of vectors from the tables of the tests, transcripts and bundles. {@code main}
 * writes them where {@link Vectors} reads them; it is run in the directory of this module.
 */
final class VectorFiles {
  static final Path FOLDER = Path.of("src/main/resources/org/hgwire/conformance/vectors");

  private VectorFiles() {}

  /** Returns the texts of the files by name. */
  static Map<String, String> render() {
    Set<String> ids = new HashSet<>();
    Map<String, String> files = new TreeMap<>();
    files.put("cbor.jsonl", text(ids, TableVectors.cbor()));
    files.put("frames.jsonl", text(ids, TableVectors.frames()));
    files.put(
        "handshakes.jsonl",
        text(ids, Stream.concat(MessageVectors.handshakes(), RecordedVectors.handshakes())));
    files.put(
        "requests.jsonl",
        text(
            ids,
            concat(
                TableVectors.requests(), MessageVectors.requests(), RecordedVectors.requests())));
    files.put(
        "responses.jsonl",
        text(
            ids,
            concat(
                TableVectors.responses(),
                MessageVectors.responses(),
                RecordedVectors.responses())));
    files.put(
        "bundles.jsonl", text(ids, Stream.concat(TableVectors.bundles(), BundleVectors.written())));
    return files;
  }

  private static Stream<Vector> concat(
      Stream<Vector> first, Stream<Vector> second, Stream<Vector> third) {
    return Stream.concat(Stream.concat(first, second), third);
  }

  private static String text(Set<String> ids, Stream<Vector> vectors) {
    StringBuilder text = new StringBuilder();
    vectors.forEach(
        vector -> {
          if (!ids.add(vector.id())) {
            throw new IllegalStateException("two vectors have the id " + vector.id());
          }
          text.append(vector.decoded()).append('\n');
        });
    return text.toString();
  }

  /** Writes the files. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<String, String> file : render().entrySet()) {
      Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
    }
  }
}
