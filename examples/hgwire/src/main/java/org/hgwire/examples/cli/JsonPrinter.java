// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.hgwire.client.ResponseObject;

/** Prints objects as JSON; see {@link JsonWriter}. */
final class JsonPrinter implements ObjectPrinter {
  private final PrintWriter out;

  JsonPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(ResponseObject object) throws IOException {
    if (object instanceof ResponseObject.Value read) {
      read.value().accept(new JsonWriter(out));
    } else if (object instanceof ResponseObject.Bytes bytes) {
      try (StreamedString string = StreamedString.read(bytes.stream())) {
        string.printJson(out);
      }
    }
    out.println();
  }
}
