// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import java.nio.file.Path;
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

  /**
   * Returns the directory of the bundles that are sent over the connection to this server, or null,
   * the default, if there are none: manifests name them {@code peer-bundle-cache://PATH}, and PATH
   * is relative to the directory. Only files that the manifest for the caller names are sent.
   * Without the directory such entries are left out.
   *
   * @throws IOException if it cannot be determined
   */
  default @Nullable Path inlineBundles(Caller caller, Repository repository) throws IOException {
    return null;
  }

  /** Returns a source of the same manifests whose inline bundles are in {@code directory}. */
  default CloneBundleSource withInlineBundles(Path directory) {
    CloneBundleSource source = this;
    return new CloneBundleSource() {
      @Override
      public @Nullable CloneBundleManifest manifest(Caller caller, Repository repository)
          throws IOException {
        return source.manifest(caller, repository);
      }

      @Override
      public Path inlineBundles(Caller caller, Repository repository) {
        return directory;
      }
    };
  }
}
