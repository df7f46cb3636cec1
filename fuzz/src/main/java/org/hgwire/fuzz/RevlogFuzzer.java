// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;

/** The index and the chunks of a revlog, in one file, or the same bytes as index and data. */
public final class RevlogFuzzer {
  private static final RevlogLimits LIMITS = new RevlogLimits(1 << 20, 1000, 10_000);
  private static final int MAX_READ = 32;
  private static final Path INDEX = temporary().resolve("00.i");

  private RevlogFuzzer() {}

  private static Path temporary() {
    try {
      Path directory = Files.createTempDirectory("hgwire-fuzz");
      directory.toFile().deleteOnExit();
      for (String name : new String[] {"00.i", "00.d"}) {
        directory.resolve(name).toFile().deleteOnExit();
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens {@code input}, and reads all of the first revisions. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(
        () -> {
          Files.write(INDEX, input);
          Files.write(INDEX.resolveSibling("00.d"), input);
          try (Revlog revlog = Revlog.open(INDEX, LIMITS)) {
            for (int r = 0; r < Math.min(revlog.count(), MAX_READ); r++) {
              read(revlog, r);
            }
          } catch (StoreException damaged) {
            // Documented.
          }
        });
  }

  private static void read(Revlog revlog, int revision) throws IOException {
    if (revlog.find(revlog.node(revision)) > revision) {
      throw new AssertionError("the first revision with a node is not found");
    }
    if (revlog.parent1(revision) >= revision || revlog.parent2(revision) >= revision) {
      throw new AssertionError("a parent comes after its child");
    }
    try {
      long size = revlog.text(revision).length();
      if (size != revlog.size(revision)) {
        throw new AssertionError("a text has " + size + " bytes, not " + revlog.size(revision));
      }
    } catch (StoreException damaged) {
      // The other ways to read it are tried all the same.
    }
    try (InputStream text = revlog.open(revision)) {
      text.transferTo(OutputStream.nullOutputStream());
    } catch (StoreException damaged) {
      // As above.
    }
    try {
      revlog.chunk(revision);
      revlog.verify(revision);
    } catch (StoreException damaged) {
      // As above.
    }
  }
}
