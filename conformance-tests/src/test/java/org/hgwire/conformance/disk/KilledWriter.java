// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;

/** A process that copies a repository, many transactions one after the other, and is killed. */
final class KilledWriter {
  private KilledWriter() {}

  /** Starts the process, and returns when it is about to write. */
  static Process start(Path source, Path target, int batch) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                source.toString(),
                target.toString(),
                Integer.toString(batch))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != '.') {
      process.destroyForcibly();
      throw new IOException("the process ended before it wrote");
    }
    return process;
  }

  /** Copies a repository to another one, so many changesets in a transaction. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[1]);
    RevlogLimits limits = RevlogLimits.defaults();
    RepositoryCopy copy = new RepositoryCopy(Path.of(arguments[0]), true);
    System.out.write('.');
    System.out.flush();
    try (RepositoryWriter writer =
        Files.exists(target.resolve(".hg"))
            ? RepositoryWriter.open(target, limits)
            : RepositoryWriter.create(target, null, limits)) {
      copy.into(writer, Integer.parseInt(arguments[2]));
    }
  }
}
