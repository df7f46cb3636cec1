// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;

/** Bundles for tests, and the outcome of decoding them. */
final class Bundles {
  static final WireLimits LIMITS = WireLimits.defaults();
  static final String CACHE = "cache:rev-branch-cache";

  private Bundles() {}

  /** Returns a bundle that Mercurial wrote; see make-bundles.sh. */
  static byte[] read(String name) {
    try (InputStream stream = Bundles.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an HG20 bundle with Compression=BZ in uncompressed form. */
  static byte[] uncompressed(String name) {
    byte[] bundle = read(name);
    int header = 8 + "Compression=BZ".length();
    ByteBuffer compressed = ByteBuffer.wrap(bundle, header, bundle.length - header);
    return join(hex("48473230 00000000"), bunzip2(compressed));
  }

  static byte[] bunzip2(ByteBuffer compressed) {
    byte[] bytes = new byte[compressed.remaining()];
    compressed.get(bytes);
    try (InputStream stream =
        new BZip2CompressorInputStream(new ByteArrayInputStream(bytes), true)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  static byte[] join(byte[]... pieces) {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] piece : pieces) {
      all.put(piece);
    }
    return all.array();
  }

  /**
   * Feeds {@code bytes} in pieces of {@code length}, each in an array that is cleared afterwards.
   */
  static void decode(
      EventDecoder<?> decoder, byte[] bytes, int length, Consumer<BundleEvent> events) {
    byte[] rest = bytes;
    int from = 0;
    while (from < rest.length) {
      int to = Math.min(rest.length, from + length);
      byte[] piece = java.util.Arrays.copyOfRange(rest, from, to);
      from = to;
      decoder.feed(ByteBuffer.wrap(piece));
      for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        events.accept(event);
        if (event instanceof BundleEvent.HeaderRead read
            && read.header().compression() == BundleCompression.BZIP2) {
          ByteBuffer begun = ((BundleDecoder) decoder).detachBody();
          byte[] compressed =
              join(bytesOf(begun), java.util.Arrays.copyOfRange(rest, from, rest.length));
          rest = bunzip2(ByteBuffer.wrap(compressed));
          from = 0;
          break;
        }
      }
      java.util.Arrays.fill(piece, (byte) 0x55);
    }
    decoder.endOfInput();
  }

  static void decode(byte[] bytes, int length, WireLimits limits, Consumer<BundleEvent> events) {
    try (BundleDecoder decoder = new BundleDecoder(limits, Set.of(CACHE, "phase-heads"))) {
      decode(decoder, bytes, length, events);
    }
  }

  /** Returns the events as values, pieces joined, and then the fault if there is one. */
  static List<Object> outcome(EventDecoder<?> decoder, byte[] bytes, int length) {
    List<Object> outcome = new ArrayList<>();
    try {
      decode(decoder, bytes, length, event -> add(event, outcome));
    } catch (WireProtocolException fault) {
      outcome.add(fault.code() + ": " + fault.getMessage());
    }
    return outcome;
  }

  static List<Object> outcome(byte[] bytes, int length, WireLimits limits) {
    try (BundleDecoder decoder = new BundleDecoder(limits, Set.of(CACHE, "phase-heads"))) {
      return outcome(decoder, bytes, length);
    }
  }

  static List<Object> outcome(byte[] bytes) {
    return outcome(bytes, bytes.length, LIMITS);
  }

  private static void add(BundleEvent event, List<Object> outcome) {
    Object last = outcome.isEmpty() ? "" : outcome.get(outcome.size() - 1);
    if (event instanceof ChangegroupEvent.RevisionRead read) {
      outcome.add(
          new ChangegroupEvent.RevisionRead(read.header(), ByteBuffer.wrap(bytesOf(read.delta()))));
    } else if (event instanceof ChangegroupEvent.DeltaRead read) {
      if (last instanceof ChangegroupEvent.DeltaRead before) {
        outcome.remove(outcome.size() - 1);
        outcome.add(new ChangegroupEvent.DeltaRead(joined(before.data(), read.data())));
      } else {
        outcome.add(new ChangegroupEvent.DeltaRead(ByteBuffer.wrap(bytesOf(read.data()))));
      }
    } else if (event instanceof BundleEvent.PartDataRead read) {
      if (last instanceof BundleEvent.PartDataRead before) {
        outcome.remove(outcome.size() - 1);
        outcome.add(new BundleEvent.PartDataRead(joined(before.data(), read.data())));
      } else {
        outcome.add(new BundleEvent.PartDataRead(ByteBuffer.wrap(bytesOf(read.data()))));
      }
    } else {
      outcome.add(event);
    }
  }

  private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
    return ByteBuffer.wrap(join(bytesOf(first), bytesOf(second)));
  }

  static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }
}
