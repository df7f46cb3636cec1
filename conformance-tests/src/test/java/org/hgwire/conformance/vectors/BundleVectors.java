// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.hgwire.conformance.suite.KnownRepository;
import org.hgwire.core.ByteString;

/** Bundles that Mercurial wrote. */
final class BundleVectors {
  private static final Path CORE =
      Path.of("../wireproto-core/src/test/resources/org/hgwire/core/bundle");
  private static final Path CLIENT =
      Path.of("../wireproto-client/src/test/resources/org/hgwire/client/pull");
  private static final String MERCURIAL = "written by Mercurial 5.6.1";

  /** What precedes the compressed part of an HG20 bundle with one parameter. */
  private static final int HEADER = "HG20".length() + Integer.BYTES + "Compression=BZ".length();

  private BundleVectors() {}

  static Stream<Vector> written() {
    return Stream.of(
        whole("none-v1", "version 1, not compressed", CORE),
        whole("gzip-v1", "version 1, compressed with zlib", CORE),
        whole("none-v2", "version 2, not compressed", CORE),
        whole("gzip-v2", "version 2, compressed with zlib", CORE),
        whole("zstd-v2", "version 2, compressed with zstd", CORE),
        whole("incremental-v2", "deltas against revisions that are elsewhere", CORE),
        whole("gzip-v3", "a changegroup 03, compressed with zlib", CLIENT),
        whole("zstd-v3-obsolescence", "a changegroup 03 and obsolescence markers", CLIENT),
        decompressed("bzip2-03", "a changegroup 03"),
        decompressed("bzip2-03-trees", "a changegroup 03 with tree manifests"),
        Vector.of(
            "bundle/written/known-repository",
            "the repository that the cases of the suite know",
            "bundle",
            KnownRepository.bundle(),
            "written by Mercurial"));
  }

  private static Vector whole(String name, String title, Path folder) {
    ByteString bytes = ByteString.copyOf(read(folder.resolve(name + ".hg")));
    String source = folder.equals(CORE) ? MERCURIAL : "written by Mercurial";
    return Vector.of("bundle/written/" + name, title, "bundle", bytes, source);
  }

  /** Decoders of bundles need not know bzip2: the same bundle without compression. */
  private static Vector decompressed(String name, String title) {
    byte[] bundle = read(CORE.resolve(name + ".hg"));
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(HexFormat.of().parseHex("4847323000000000"));
    try (InputStream body =
        new BZip2CompressorInputStream(
            new ByteArrayInputStream(Arrays.copyOfRange(bundle, HEADER, bundle.length)), true)) {
      body.transferTo(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteString bytes = ByteString.copyOf(plain.toByteArray());
    String id = "bundle/written/" + name.substring("bzip2-".length());
    return Vector.of(id, title, "bundle", bytes, MERCURIAL + ", decompressed");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
