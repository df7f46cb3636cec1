// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hgwire.conformance.memory.SmallProcess.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A redirected response larger than the heaps of the client and of the server, which is its own
 * content host, 64 MiB each; midway the connection is cut and the download resumed.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SmallHeapRedirectTest {
  private static final long MIB = 1 << 20;
  private static final int CHANGESETS = 8;
  private static final int FILES = 256;
  private static final long SIZE = (long) CHANGESETS * FILES * MIB;

  @TempDir Path kept;
  @TempDir Path temporary;

  @Test
  void redirectedResponseLargerThanTheHeapIsResumed() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(SIZE / 2);
        SmallProcess server =
            SmallProcess.start(
                RedirectingServerProcess.class,
                CHANGESETS,
                FILES,
                MIB,
                kept,
                "http://127.0.0.1:" + proxy.port() + "/content/")) {
      int port = Integer.parseInt(server.await("port (\\d+)").group(1));
      proxy.forwardTo(port);
      Reading inline = pull(port);
      assertThat(inline.get("redirected")).isZero();
      Reading servedInline = server.figures();

      Reading redirected = pull(port);
      Reading served = server.figures();

      assertThat(proxy.hasCut()).isTrue();
      assertThat(redirected.get("failed")).isZero();
      assertThat(redirected.get("redirected")).isPositive();
      assertThat(redirected.get("files")).isEqualTo(inline.get("files")).isEqualTo(SIZE / MIB);
      assertThat(redirected.get("bytes")).isEqualTo(inline.get("bytes")).isGreaterThan(SIZE);
      assertThat(redirected.get("elsewhere")).isGreaterThan(SIZE);
      assertThat(proxy.forwardedAfterwards()).isBetween(SIZE / 4, SIZE / 2 + 64 * MIB);
      assertThat(served.get("made")).isEqualTo(servedInline.get("made")).isEqualTo(SIZE);
      for (Reading reading : new Reading[] {inline, redirected, servedInline, served}) {
        assertThat(reading.get("heap")).isLessThan(32 * MIB);
      }
      try (Stream<Path> left = Files.list(temporary)) {
        assertThat(left).isEmpty();
      }
      System.out.printf(
          "2 GiB inline: %.1f s; redirected, cut and resumed in the middle: %.1f s%n"
              + "  server: %s%n  client: %s%n",
          inline.get("millis") / 1000.0,
          redirected.get("millis") / 1000.0,
          served.memory(),
          redirected.memory());
    }
  }

  private Reading pull(int port) throws IOException {
    try (SmallProcess client =
        SmallProcess.start(PullProcess.class, "http://127.0.0.1:" + port + "/", temporary)) {
      return client.reading();
    }
  }
}
