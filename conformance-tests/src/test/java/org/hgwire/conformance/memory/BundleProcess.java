// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.pull.BundleApplier;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;

/**
 * Applies a bundle in its own process. Arguments: the bundle, a directory for temporary files. It
 * prints how that ended, and its figures.
 */
final class BundleProcess {
  private BundleProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    PullOptions options = PullOptions.DEFAULT.withDirectory(directory);
    String end = "applied";
    try (PullSink sink = TemporaryRepositorySink.open(directory);
        InputStream bundle = Files.newInputStream(Path.of(arguments[0]))) {
      BundleApplier.apply(bundle, sink, options);
    } catch (BundleException e) {
      end = e.fault().toString();
    }
    System.out.println("end=" + end + " " + Figures.line());
  }
}
