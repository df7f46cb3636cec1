// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupDecoder;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.revision.Delta;

/** Changegroups without a bundle around them: the first byte is the version, and the deltas. */
public final class ChangegroupFuzzer {
  /** By the first byte of an input, modulo their number. */
  static final List<ChangegroupVersion> VERSIONS = List.of(ChangegroupVersion.values());

  private static final ByteString BASE = ByteString.utf8("a base of some lines\n".repeat(4));
  private static final int MAX_TEXT = 1 << 20;

  private ChangegroupFuzzer() {}

  /** Decodes {@code input}, whole and in pieces. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ChangegroupVersion version = VERSIONS.get((input[0] & 0xff) % VERSIONS.size());
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    TimedCall.of(
        () ->
            Pieces.requireEqual(
                decode(version, Pieces.whole(bytes)), decode(version, Pieces.cut(bytes))));
  }

  private static String decode(ChangegroupVersion version, List<ByteBuffer> pieces) {
    ChangegroupDecoder decoder =
        new ChangegroupDecoder(Changegroup.of(version), WireLimits.defaults());
    ChangegroupEvents events = new ChangegroupEvents();
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          events.add(event);
          if (event instanceof ChangegroupEvent.RevisionRead read) {
            apply(read.delta());
          }
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      events.add(fault);
    }
    return events.toString();
  }

  private static void apply(ByteBuffer delta) {
    try {
      if (Delta.apply(BASE.asByteBuffer(), delta.duplicate(), MAX_TEXT).remaining() > MAX_TEXT) {
        throw new AssertionError("a text is longer than the limit");
      }
    } catch (WireProtocolException fault) {
      // Documented.
    }
  }
}
