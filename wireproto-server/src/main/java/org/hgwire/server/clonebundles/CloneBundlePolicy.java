// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Decides which entries of a manifest a client gets, and in which order: clients without their own
 * preferences use the first one that they can. Called per request, by several threads at once.
 */
@FunctionalInterface
public interface CloneBundlePolicy {
  /**
   * Returns the entries for a client.
   *
   * @param caller the caller; its address is that of the connection, or the one that a trusted
   *     proxy names
   * @param entries the entries in the order of the manifest
   * @throws IOException if the policy cannot decide
   */
  List<CloneBundleEntry> apply(Caller caller, List<CloneBundleEntry> entries) throws IOException;

  /** Returns the policy that applies {@code next} to the result of this one. */
  default CloneBundlePolicy andThen(CloneBundlePolicy next) {
    return (caller, entries) -> next.apply(caller, apply(caller, entries));
  }

  /** Returns the manifests of {@code source} with this policy applied. */
  default CloneBundleSource over(CloneBundleSource source) {
    return new CloneBundleSource() {
      @Override
      public @Nullable CloneBundleManifest manifest(Caller caller, Repository repository)
          throws IOException {
        CloneBundleManifest all = source.manifest(caller, repository);
        return all == null
            ? null
            : new CloneBundleManifest(
                CloneBundlePolicy.this.apply(caller, all.entries()), all.findings());
      }

      @Override
      public @Nullable Path inlineBundles(Caller caller, Repository repository) throws IOException {
        return source.inlineBundles(caller, repository);
      }
    };
  }
}
