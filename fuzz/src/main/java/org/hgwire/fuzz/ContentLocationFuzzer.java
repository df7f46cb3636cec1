// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;

/** Content locations, and the certificates in them. */
public final class ContentLocationFuzzer {
  private ContentLocationFuzzer() {}

  /** Reads {@code input} as a location, and as a certificate. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(
        () -> {
          readLocation(input);
          pin(List.of(ByteString.copyOf(input)));
        });
  }

  private static void readLocation(byte[] input) {
    ContentLocation location;
    try {
      location =
          ContentLocation.read(
              CborDecoder.decodeOne(ByteBuffer.wrap(input), WireLimits.defaults()));
    } catch (WireProtocolException fault) {
      return;
    }
    if (!ContentLocation.read(location.toCbor()).equals(location)) {
      throw new AssertionError("written and read, it is another location");
    }
    pin(location);
  }

  private static void pin(ContentLocation location) {
    try {
      PinSet pins = PinSet.of(location);
      if (pins.authorityCertificates().size() != location.authorityCertificates().size()) {
        throw new AssertionError("a certificate of an authority is missing");
      }
    } catch (RedirectException refused) {
      // Documented.
    }
  }

  private static void pin(List<ByteString> certificates) {
    ContentLocation location =
        new ContentLocation(
            ByteString.utf8("https://example.com/"),
            ByteString.utf8("application/mercurial-cbor"),
            OptionalLong.empty(),
            List.of(),
            null,
            certificates,
            certificates,
            null);
    pin(location);
  }
}
