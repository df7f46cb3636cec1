// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import org.hgwire.client.ResponseObject;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.DiagnosticPrinter;

/** Prints objects in diagnostic notation. */
final class DiagnosticObjectPrinter implements ObjectPrinter {
  private static final int PIECE_BYTES = 32 * 1024;

  private final PrintWriter out;

  DiagnosticObjectPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(ResponseObject object) throws IOException {
    DiagnosticPrinter printer = new DiagnosticPrinter(out, "");
    if (object instanceof ResponseObject.Value read) {
      printer.print(new CborEvent.ValueRead(read.value()));
    } else if (object instanceof ResponseObject.Bytes bytes) {
      boolean indefinite = bytes.length() < 0;
      long missing = bytes.length();
      printer.print(new CborEvent.BytesStarted(bytes.length()));
      byte[] piece = new byte[PIECE_BYTES];
      for (int count = bytes.stream().read(piece); count >= 0; count = bytes.stream().read(piece)) {
        missing -= count;
        printer.print(
            new CborEvent.BytesRead(ByteBuffer.wrap(piece, 0, count), indefinite || missing == 0));
      }
      printer.print(new CborEvent.BytesEnded());
    }
    out.println();
  }
}
