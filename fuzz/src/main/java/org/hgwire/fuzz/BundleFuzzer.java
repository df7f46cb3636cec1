// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;

/** Bundles of any format and compression: the decoder, and the reader of the client. */
public final class BundleFuzzer {
  private BundleFuzzer() {}

  /** Decodes {@code input}, whole and in pieces, and reads it. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(
        () -> {
          Pieces.requireEqual(decode(Pieces.whole(input)), decode(Pieces.cut(input)));
          read(input);
        });
  }

  /** Returns the events, but for deltas, which the input cuts, and the fault at their end. */
  private static String decode(List<ByteBuffer> pieces) {
    try (BundleDecoder decoder =
        new BundleDecoder(WireLimits.defaults(), Set.of("phase-heads", "listkeys"))) {
      ChangegroupEvents events = new ChangegroupEvents();
      try {
        for (ByteBuffer piece : pieces) {
          decoder.feed(piece);
          for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
            events.add(event);
            if (event instanceof BundleEvent.HeaderRead read
                && read.header().compression() == BundleCompression.BZIP2) {
              return "bzip2";
            }
          }
        }
        decoder.endOfInput();
      } catch (WireProtocolException fault) {
        events.add(fault);
      }
      return events.toString();
    }
  }

  private static void read(byte[] input) throws IOException {
    try (BundleReader reader =
        new BundleReader(BundleBytes.of(new ByteArrayInputStream(input)), WireLimits.defaults())) {
      for (BundleRevision revision = reader.next(); revision != null; revision = reader.next()) {
        // Only what is thrown matters.
      }
    } catch (BundleException refused) {
      // Documented.
    }
  }
}
