// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.hgwire.client.ResponseObject;
import org.jspecify.annotations.Nullable;

/** Prints objects as JSON; see {@link JsonWriter}. */
final class JsonPrinter implements ObjectPrinter {
  private final PrintWriter out;
  private final @Nullable Path directory;

  /**
   * Makes a printer.
   *
   * @param directory where long byte strings wait; null for the platform's directory
   */
  JsonPrinter(PrintWriter out, @Nullable Path directory) {
    this.out = out;
    this.directory = directory;
  }

  @Override
  public void print(ResponseObject object) throws IOException {
    if (object instanceof ResponseObject.Value read) {
      read.value().accept(new JsonWriter(out));
    } else if (object instanceof ResponseObject.Bytes bytes) {
      try (StreamedString string = StreamedString.read(bytes.stream(), directory)) {
        string.printJson(out);
      }
    }
    out.println();
  }
}
