// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Decides which clone bundles a caller is offered. Called for each request, by several threads at
 * once.
 */
@FunctionalInterface
public interface CloneBundleSource {
  /** A source without bundles. */
  CloneBundleSource NONE = (caller, repository) -> null;

  /** Returns a source of the same manifest for every caller. */
  static CloneBundleSource fixed(CloneBundleManifest manifest) {
    return (caller, repository) -> manifest;
  }

  /**
   * Returns the manifest for a caller, or null for none: clone bundles are not advertised then.
   *
   * @throws IOException if it cannot be read
   */
  @Nullable CloneBundleManifest manifest(Caller caller, Repository repository) throws IOException;
}
