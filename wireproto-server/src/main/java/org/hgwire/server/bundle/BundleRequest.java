// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.util.List;
import org.hgwire.core.command.Node;

/**
 * Which changesets a bundle has, and how it is written. A client's arguments are read by {@link
 * GetbundleArguments}.
 *
 * @param heads the bundle has these changesets and their ancestors; if empty, all that may be
 *     served. The null node stands for none
 * @param common what the receiver has: the bundle leaves out these changesets and their ancestors.
 *     Those that are unknown are ignored
 * @param format how it is written
 * @param parts what it has
 */
public record BundleRequest(
    List<Node> heads, List<Node> common, BundleFormat format, BundleParts parts) {
  /** Copies the lists. */
  public BundleRequest {
    heads = List.copyOf(heads);
    common = List.copyOf(common);
  }

  /** Returns the request of a file with all changesets that may be served. */
  public static BundleRequest everything(BundleFormat format) {
    return new BundleRequest(List.of(), List.of(), format, BundleParts.changegroupOnly());
  }
}
