// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleEncoder;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupEncoder;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small bundle with one changeset of 200 MiB whose hash is wrong. */
final class BundleBombTest {
  private static final int LENGTH = 200 << 20;

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(names = {"ZLIB", "ZSTD", "BZIP2"})
  void bundleLargerThanTheHeapIsRefusedWithinIt(BundleCompression compression) throws IOException {
    Path bundle = temporary.resolve("bomb.hg");
    try (OutputStream file = Files.newOutputStream(bundle)) {
      if (compression == BundleCompression.BZIP2) {
        file.write("HG10".getBytes(StandardCharsets.US_ASCII));
        try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(file)) {
          write(BundleEncoder.hg10(BundleCompression.NONE, new AfterHeader(bzip2)));
        }
      } else {
        write(BundleEncoder.hg20(compression, bytes -> write(bytes, file)));
      }
    }
    assertThat(Files.size(bundle)).isLessThan(LENGTH / 500);
    Path spill = Files.createDirectory(temporary.resolve("spill"));
    try (SmallProcess process = SmallProcess.start(BundleProcess.class, bundle, spill)) {
      // zlib cannot expand beyond the limit; the others are refused long before the hash is known.
      assertThat(process.await("end=(\\w+)").group(1))
          .isEqualTo(compression == BundleCompression.ZLIB ? "DAMAGED" : "UNREADABLE");
    }
    try (Stream<Path> left = Files.list(spill)) {
      assertThat(left).isEmpty();
    }
  }

  private static void write(BundleEncoder bundle) {
    try (bundle) {
      ChangegroupEncoder changegroup = bundle.changegroup(Changegroup.of(ChangegroupVersion.V01));
      changegroup.startGroup(Segment.CHANGESETS, ByteString.empty());
      Node node = Node.fromHex("ab".repeat(Node.BYTES));
      ByteBuffer fragment = ByteBuffer.allocate(12).putInt(0).putInt(0).putInt(LENGTH).flip();
      changegroup.startRevision(
          new DeltaHeader(node, Parents.NONE, Node.NULL, node, 0), LENGTH + fragment.remaining());
      changegroup.delta(fragment);
      ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
      for (int written = 0; written < LENGTH; written += zeros.capacity()) {
        changegroup.delta(zeros.clear());
      }
      changegroup.endGroup();
      changegroup.startGroup(Segment.MANIFESTS, ByteString.empty());
      changegroup.endGroup();
      changegroup.end();
      bundle.end();
    }
  }

  private static void write(ByteBuffer bytes, OutputStream target) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    try {
      target.write(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops the header of HG10, which the test writes itself. */
  private static final class AfterHeader implements Consumer<ByteBuffer> {
    private final OutputStream target;
    private boolean begun;

    AfterHeader(OutputStream target) {
      this.target = target;
    }

    @Override
    public void accept(ByteBuffer bytes) {
      if (begun) {
        write(bytes, target);
      }
      begun = true;
    }
  }
}
