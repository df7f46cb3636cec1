// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.util.List;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides which entries of a manifest a client is shown, and in which order: clients without
 * preferences of their own take the first that they can use. Called for each request, by several
 * threads at once.
 */
@FunctionalInterface
public interface CloneBundlePolicy {
  /**
   * Returns what the client is shown.
   *
   * @param caller who asks; its address is that of its connection, or of the one that a trusted
   *     proxy names
   * @param entries what there is, in the order of the manifest
   * @throws IOException if that cannot be found out
   */
  List<CloneBundleEntry> apply(Caller caller, List<CloneBundleEntry> entries) throws IOException;

  /** Returns the policy that applies this one first and then {@code next} to what it left. */
  default CloneBundlePolicy andThen(CloneBundlePolicy next) {
    return (caller, entries) -> next.apply(caller, apply(caller, entries));
  }

  /** Returns {@code source} as this policy shows it. */
  default CloneBundleSource over(CloneBundleSource source) {
    return (caller, repository) -> {
      @Nullable CloneBundleManifest all = source.manifest(caller, repository);
      return all == null
          ? null
          : new CloneBundleManifest(apply(caller, all.entries()), all.findings());
    };
  }
}
