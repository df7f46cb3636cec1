// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.server.repository.Repository;

/** Writes bundles. */
public final class BundleFiles {
  /** What most clients should get. */
  static final Bundlespec ZSTD_V2 = new Bundlespec(BundleCompression.ZSTD, "v2", Map.of());

  private BundleFiles() {}

  static void write(Repository repository, List<Node> heads, Bundlespec type, OutputStream out)
      throws IOException {
    throw new UnsupportedOperationException("placeholder");
  }

  static void format(Bundlespec type) {}
}
