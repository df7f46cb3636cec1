// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which entries of a manifest a client uses: those that it can, as Mercurial filters them, in the
 * order in which it tries them, as Mercurial sorts them. Where Mercurial finds nothing wrong with
 * an entry but this library cannot or must not use it (stream bundles, changegroups it does not
 * read, schemes, digests), it is left out too, with a reason of its own.
 *
 * @param chosen the entries that are used, the best first
 * @param rejected the others, in the order of the manifest
 */
public record BundleSelection(List<CloneBundleEntry> chosen, List<RejectedEntry> rejected) {
  /** Copies the lists. */
  public BundleSelection {
    chosen = List.copyOf(chosen);
    rejected = List.copyOf(rejected);
  }

  /**
   * Selects.
   *
   * @param entries the entries, the one that the server prefers first
   * @param capabilities what the client can do
   * @param preferences what its user prefers, the most important first: entries that match one come
   *     before those that do not, and stay in their order otherwise
   */
  public static BundleSelection of(
      List<CloneBundleEntry> entries,
      ClientCapabilities capabilities,
      List<BundlePreference> preferences) {
    EntryFilter filter = new EntryFilter(capabilities);
    List<CloneBundleEntry> chosen = new ArrayList<>();
    List<RejectedEntry> rejected = new ArrayList<>();
    for (CloneBundleEntry entry : entries) {
      RejectedEntry judged = filter.judge(entry);
      if (judged == null) {
        chosen.add(entry);
      } else {
        rejected.add(judged);
      }
    }
    // A stable sort by each preference, the most important one last.
    for (int i = preferences.size() - 1; i >= 0; i--) {
      BundlePreference preference = preferences.get(i);
      chosen.sort(Comparator.comparing(entry -> !preference.matches(entry)));
    }
    return new BundleSelection(chosen, rejected);
  }
}
