// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.server.repository.Repository;

/** Makes a bundle. */
@FunctionalInterface
interface BundleMaker {
  /**
   * Writes a bundle with {@code heads} and all their ancestors.
   *
   * @throws IOException if the repository cannot be read, or the bundle cannot be written
   */
  void write(Repository repository, List<Node> heads, Bundlespec type, OutputStream out)
      throws IOException;
}
