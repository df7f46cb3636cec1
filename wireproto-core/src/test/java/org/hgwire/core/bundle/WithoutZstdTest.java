// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.Zstd8mbEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that cannot load the native library of zstd. */
@Timeout(60)
final class WithoutZstdTest {
  @Test
  void zstdIsATypedErrorAndTheRestWorks(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + file.resolve("none"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Uses.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(out.lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("[zlib, identity]"),
            line ->
                assertThat(line).startsWith("IllegalArgumentException: zstd-8mb cannot be used"),
            line ->
                assertThat(line).startsWith("UnsupportedOperationException: the native library"),
            line ->
                assertThat(line).startsWith("UnsupportedOperationException: the native library"),
            line ->
                assertThat(line)
                    .startsWith(
                        "encoding-unknown: the bundle is compressed with zstd, which cannot")
                    .contains("-Djava.io.tmpdir=DIR"));
  }

  /** What is run in that JVM. */
  static final class Uses {
    private Uses() {}

    public static void main(String[] arguments) {
      System.out.println(ContentEncodings.standard().names());
      print(() -> ContentEncodings.named("zstd-8mb"));
      print(Zstd8mbEncoding::new);
      print(() -> BundleEncoder.hg20(BundleCompression.ZSTD, bytes -> {}));
      print(
          () -> {
            BundleDecoder decoder = new BundleDecoder(WireLimits.defaults());
            decoder.feed(
                ByteBuffer.wrap(
                    "HG20\0\0\0\u000eCompression=ZS".getBytes(StandardCharsets.ISO_8859_1)));
            decoder.poll();
            decoder.poll();
          });
    }

    private static void print(Runnable use) {
      try {
        use.run();
        System.out.println("nothing");
      } catch (WireProtocolException e) {
        System.out.println(e.code().text() + ": " + e.getMessage());
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }
}
