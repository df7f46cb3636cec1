// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid and invalid zlib and zstd data. */
class CompressedStreamTest {
  private static final WireLimits LIMITS = WireLimits.defaults();
  private static final int MIB = 1 << 20;

  private static byte[] decode(ContentEncoding encoding, byte[]... pieces) {
    return decode(encoding, LIMITS, pieces);
  }

  private static byte[] decode(ContentEncoding encoding, WireLimits limits, byte[]... pieces) {
    Bytes decoded = new Bytes();
    try (ContentDecoder decoder = encoding.newDecoder(limits)) {
      for (byte[] piece : pieces) {
        decoder.feed(ByteBuffer.wrap(piece));
        for (ByteBuffer slice = decoder.poll(); slice != null; slice = decoder.poll()) {
          decoded.append(slice);
        }
      }
    }
    return decoded.toByteArray();
  }

  private static WireProtocolException fault(ContentEncoding encoding, byte[]... pieces) {
    return catchThrowableOfType(
        WireProtocolException.class, () -> decode(encoding, LIMITS, pieces));
  }

  private static void assertCorrupt(WireProtocolException fault, String message) {
    assertThat(fault).isNotNull().hasMessage(message);
    assertThat(fault.code()).isEqualTo(WireErrorCode.ENCODING_CORRUPT);
    assertThat(fault.scope()).isEqualTo(ErrorScope.STREAM);
    assertThat(fault.origin()).isEqualTo(ErrorOrigin.LOCAL);
  }

  private static byte[] deflated(byte[] input, boolean dictionary) {
    Deflater deflater = new Deflater();
    if (dictionary) {
      deflater.setDictionary("changeset".getBytes(US_ASCII));
    }
    deflater.setInput(input);
    deflater.finish();
    byte[] output = new byte[input.length + 100];
    int length = deflater.deflate(output);
    deflater.end();
    return Arrays.copyOf(output, length);
  }

  private static byte[] zstd(byte[] input, int windowLog) {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(1).setWindowLog(windowLog);
      ByteBuffer output = ByteBuffer.allocate(input.length + 1000);
      // Without the size of the content, as a streaming writer does.
      context.compressByteBufferStream(output, ByteBuffer.wrap(input), EndDirective.FLUSH);
      context.compressByteBufferStream(output, ByteBuffer.allocate(0), EndDirective.END);
      return Arrays.copyOf(output.array(), output.position());
    }
  }

  private static byte[] join(byte[] first, byte... second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static final byte[] TEXT = "a changeset".getBytes(US_ASCII);

  @Test
  void nothingMayFollowTheEnd() {
    byte[] zlib = deflated(TEXT, false);
    byte[] zstd = Zstd.compress(TEXT);
    assertThat(decode(new ZlibEncoding(), zlib, new byte[0])).isEqualTo(TEXT);
    assertThat(decode(new Zstd8mbEncoding(), zstd, new byte[0])).isEqualTo(TEXT);
    String zlibMessage = "the zlib data of a stream continues for 1 bytes after its end";
    assertCorrupt(fault(new ZlibEncoding(), join(zlib, (byte) 0)), zlibMessage);
    assertCorrupt(fault(new ZlibEncoding(), zlib, new byte[1]), zlibMessage);
    String zstdMessage = "the zstd-8mb data of a stream continues for 1 bytes after its end";
    assertCorrupt(fault(new Zstd8mbEncoding(), join(zstd, (byte) 0)), zstdMessage);
    assertCorrupt(fault(new Zstd8mbEncoding(), zstd, new byte[1]), zstdMessage);
  }

  @Test
  void bytesBeforeTheEndAreReturnedBeforeTheFault() {
    try (ContentDecoder decoder = new Zstd8mbEncoding().newDecoder(LIMITS)) {
      decoder.feed(ByteBuffer.wrap(join(Zstd.compress(TEXT), (byte) 0)));
      assertThat(decoder.poll()).isEqualTo(ByteBuffer.wrap(TEXT));
      assertThat(catchThrowableOfType(WireProtocolException.class, decoder::poll)).isNotNull();
    }
  }

  @Test
  void secondZstdFrameIsRefused() {
    byte[] frame = Zstd.compress(TEXT);
    assertCorrupt(
        fault(new Zstd8mbEncoding(), frame, frame),
        "the zstd-8mb data of a stream continues for " + frame.length + " bytes after its end");
  }

  @Test
  void secondZlibStreamIsRefused() {
    byte[] stream = deflated(TEXT, false);
    assertCorrupt(
        fault(new ZlibEncoding(), stream, stream),
        "the zlib data of a stream continues for " + stream.length + " bytes after its end");
  }

  @Test
  void wrongChecksumIsRefused() {
    byte[] zlib = deflated(TEXT, false);
    zlib[zlib.length - 1] ^= 1;
    assertCorrupt(fault(new ZlibEncoding(), zlib), "the zlib data of a stream is damaged");
    byte[] zstd;
    try (ZstdCompressCtx context = new ZstdCompressCtx().setChecksum(true)) {
      zstd = context.compress(TEXT);
    }
    assertThat(decode(new Zstd8mbEncoding(), zstd)).isEqualTo(TEXT);
    zstd[zstd.length - 1] ^= 1;
    assertCorrupt(fault(new Zstd8mbEncoding(), zstd), "the zstd-8mb data of a stream is damaged");
  }

  @Test
  void dictionaryIsRefused() {
    assertCorrupt(
        fault(new ZlibEncoding(), deflated(TEXT, true)),
        "the zlib data of a stream needs a dictionary");
    byte[][] samples = new byte[200][];
    Random random = new Random(7);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = ("changeset " + random.nextInt(1000) + " of manifest " + i).getBytes(US_ASCII);
    }
    byte[] dictionary = new byte[1024];
    int length = (int) Zstd.trainFromBuffer(samples, dictionary);
    byte[] trained = Arrays.copyOf(dictionary, length);
    try (ZstdDictCompress dict = new ZstdDictCompress(trained, 3)) {
      assertCorrupt(
          fault(new Zstd8mbEncoding(), Zstd.compress(TEXT, dict)),
          "the zstd-8mb data of a stream is damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "502a4d1800000000", // a skippable frame
        "27b52ffd", // zstd 0.7
        "26b52ffd", // zstd 0.6
        "25b52ffd", // zstd 0.5
        "24b52ffd", // zstd 0.4
        "28b52ffe",
        "789c",
        "00"
      })
  void onlyTheFormatOfRfc8478IsZstd(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    String message = "the zstd-8mb data of a stream does not begin with a zstd frame";
    assertCorrupt(fault(new Zstd8mbEncoding(), bytes), message);
    byte[][] pieces = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      pieces[i] = new byte[] {bytes[i]};
    }
    assertCorrupt(fault(new Zstd8mbEncoding(), pieces), message);
  }

  @Test
  void windowIsAcceptedUpTo8MiB() {
    byte[] input = new byte[100];
    assertThat(decode(new Zstd8mbEncoding(), zstd(input, 23))).isEqualTo(input);
    WireProtocolException fault = fault(new Zstd8mbEncoding(), zstd(input, 24));
    assertThat(fault)
        .hasMessage(
            "the zstd-8mb data of a stream needs a window larger than the 2^23 bytes that are"
                + " allowed");
    assertThat(fault.code()).isEqualTo(WireErrorCode.LIMIT);
    assertThat(fault.scope()).isEqualTo(ErrorScope.STREAM);
    WireLimits wider = LIMITS.with(WireLimit.MAX_ZSTD_WINDOW_LOG, 24);
    assertThat(decode(new Zstd8mbEncoding(), wider, zstd(input, 24))).isEqualTo(input);
  }

  /** RFC 8478, 3.1.1.1.2: the window is in byte 5, 2^(10 + high five bits) and up to 7/8 more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 19, 20, 22})
  void noLevelNeedsAWindowLargerThan8MiB(int level) {
    try (ContentEncoder encoder = new Zstd8mbEncoding(level).newEncoder()) {
      ByteBuffer output = ByteBuffer.allocate(1000);
      encoder.encode(ByteBuffer.wrap(TEXT), output);
      assertThat(encoder.flush(output)).isTrue();
      byte[] encoded = Arrays.copyOf(output.array(), output.position());
      // The frame header descriptor: no content size, not a single segment.
      assertThat(encoded[4] & 0xe0).isZero();
      assertThat(encoded[5] & 0xff).isLessThanOrEqualTo((23 - 10) << 3);
      assertThat(decode(new Zstd8mbEncoding(), encoded)).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd-8mb"})
  void oneContextServesTheWholeStream(String name) {
    ContentEncoding encoding = ContentEncodings.named(name).preferred().get(0);
    byte[] noise = new byte[10_000];
    new Random(3).nextBytes(noise);
    Bytes all = new Bytes();
    try (ContentEncoder encoder = encoding.newEncoder()) {
      for (int i = 0; i < 3; i++) {
        ByteBuffer output = ByteBuffer.allocate(20_000);
        encoder.encode(ByteBuffer.wrap(noise), output);
        assertThat(encoder.flush(output)).isTrue();
        if (i > 0) {
          // The same bytes again are found in the window.
          assertThat(output.position()).isLessThan(500);
        }
        all.append(output.flip());
      }
    }
    byte[] encoded = all.toByteArray();
    assertThat(decode(encoding, encoded)).hasSize(30_000).endsWith(noise);
    // Not ended: the bytes that follow are the next block, not "after the end".
    WireProtocolException fault = fault(encoding, encoded, HexFormat.of().parseHex("ffffffff"));
    assertThat(fault).hasMessageEndingWith("is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd-8mb"})
  void incompleteFlushMustBeCompletedFirst(String name) {
    ContentEncoding encoding = ContentEncodings.named(name).preferred().get(0);
    try (ContentEncoder encoder = encoding.newEncoder()) {
      ByteBuffer output = ByteBuffer.allocate(1000);
      encoder.encode(ByteBuffer.wrap(TEXT), output);
      assertThat(encoder.flush(ByteBuffer.allocate(0))).isFalse();
      assertThat(encoder.flush(ByteBuffer.allocate(1))).isFalse();
      assertThatIllegalStateException()
          .isThrownBy(() -> encoder.encode(ByteBuffer.wrap(TEXT), output))
          .withMessage("a flush is not complete");
      assertThat(encoder.flush(output)).isTrue();
      encoder.encode(ByteBuffer.wrap(TEXT), output);
      assertThat(encoder.flush(output)).isTrue();
    }
  }

  /** 1 GiB of zeros in a few tens of kilobytes is decoded slice by slice, in constant memory. */
  @Test
  void zstdBombRunsSliceBySlice() {
    assertBomb(new Zstd8mbEncoding(1), 1024);
  }

  @Test
  void zlibBombRunsSliceBySlice() {
    assertBomb(new ZlibEncoding(1), 128);
  }

  @Test
  void expansionIsLimitedBeyondAFloor() {
    WireLimits limits = LIMITS.with(WireLimit.EXPANSION_FLOOR, MIB);
    for (ContentEncoding encoding : List.of(new Zstd8mbEncoding(1), new ZlibEncoding(1))) {
      assertExpansion(encoding, limits.with(WireLimit.MAX_EXPANSION, 100), "max-expansion");
      assertExpansion(
          encoding,
          limits
              .with(WireLimit.MAX_EXPANSION, Integer.MAX_VALUE)
              .with(WireLimit.MAX_DECOMPRESSED_BYTES, MIB),
          "max-decompressed-bytes");
    }
  }

  /** Exactly the floor is decompressed, and not a slice more. */
  private static void assertExpansion(ContentEncoding encoding, WireLimits limits, String name) {
    for (int more = 0; more < 2; more++) {
      ByteBuffer encoded = ByteBuffer.allocate(MIB);
      try (ContentEncoder encoder = encoding.newEncoder()) {
        encoder.encode(ByteBuffer.allocate(MIB + more), encoded);
        assertThat(encoder.flush(encoded)).isTrue();
      }
      long total = 0;
      try (ContentDecoder decoder = encoding.newDecoder(limits)) {
        decoder.feed(encoded.flip());
        for (ByteBuffer next = decoder.poll(); next != null; next = decoder.poll()) {
          total += next.remaining();
        }
        assertThat(more).isZero();
      } catch (WireProtocolException e) {
        assertThat(more).isEqualTo(1);
        assertThat(e.code()).isEqualTo(WireErrorCode.LIMIT);
        assertThat(e).hasMessageContaining(name);
      }
      assertThat(total).isEqualTo(MIB);
    }
  }

  private static void assertBomb(ContentEncoding encoding, int mebibytes) {
    ByteBuffer encoded = ByteBuffer.allocate(2 * MIB);
    ByteBuffer zeros = ByteBuffer.allocate(MIB);
    try (ContentEncoder encoder = encoding.newEncoder()) {
      for (int i = 0; i < mebibytes; i++) {
        encoder.encode(zeros.clear(), encoded);
      }
      assertThat(encoder.flush(encoded)).isTrue();
    }
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    WireLimits limits = LIMITS.with(WireLimit.MAX_EXPANSION, Integer.MAX_VALUE);
    try (ContentDecoder decoder = encoding.newDecoder(limits)) {
      decoder.feed(encoded.flip());
      long before = threads.getCurrentThreadAllocatedBytes();
      long total = 0;
      int largest = 0;
      for (ByteBuffer slice = decoder.poll(); slice != null; slice = decoder.poll()) {
        total += slice.remaining();
        largest = Math.max(largest, slice.remaining());
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(total).isEqualTo((long) mebibytes * MIB);
      assertThat(largest).isLessThanOrEqualTo(LIMITS.intOf(WireLimit.MAX_DECODED_SLICE));
      // One slice, and a view of it for each call.
      assertThat(allocated).isLessThan(8 * MIB);
    }
  }
}
