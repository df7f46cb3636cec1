// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.WireErrorCode;
import org.jspecify.annotations.Nullable;

/** The tables that the tests of decoders read: fields between exclamation marks. */
final class VectorTable {
  private static final Path CORE =
      Path.of("../wireproto-core/src/test/resources/org/hgwire/core/vectors");
  private static final Path OWN = Path.of("src/test/resources/org/hgwire/conformance/vectors");

  private VectorTable() {}

  /** Reads a table of the core's tests. */
  static List<Row> ofCore(String name) {
    return read(CORE.resolve(name));
  }

  /** Reads a table of this module. */
  static List<Row> ofThisModule(String name) {
    return read(OWN.resolve(name));
  }

  private static List<Row> read(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> new Row(Arrays.stream(line.split("!", -1)).map(VectorTable::field).toList()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String field(String text) {
    String field = text.strip();
    return field.startsWith("`") ? field.substring(1, field.length() - 1) : field;
  }

  /**
   * One row.
   *
   * @param fields the fields, the first of which are id and title
   */
  record Row(List<String> fields) {
    String id() {
      return fields.get(0);
    }

    String title() {
      return fields.get(1);
    }

    String field(int index) {
      return fields.get(index);
    }

    @Nullable WireErrorCode code(int index) {
      return field(index).isEmpty() ? null : WireErrorCode.valueOf(field(index));
    }
  }
}
