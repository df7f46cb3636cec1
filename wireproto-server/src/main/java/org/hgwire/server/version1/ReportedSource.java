// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.hgwire.server.CommandEvents;
import org.hgwire.server.bundle.ByteSource;
import org.jspecify.annotations.Nullable;

/** The bytes of a response, which are reported to the listener. */
final class ReportedSource implements ByteSource {
  private final ByteSource source;
  private final CommandEvents report;
  private boolean ended;

  ReportedSource(ByteSource source, CommandEvents report) {
    this.source = source;
    this.report = report;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    try {
      ByteBuffer bytes = source.next();
      if (bytes == null) {
        end();
      } else {
        report.bytes(bytes.remaining());
      }
      return bytes;
    } catch (IOException | RuntimeException failure) {
      report.failed(failure);
      end();
      throw failure;
    }
  }

  private void end() {
    ended = true;
    report.ended(OptionalLong.empty());
  }

  @Override
  public void close() {
    source.close();
    if (!ended) {
      report.cut();
      end();
    }
  }
}
