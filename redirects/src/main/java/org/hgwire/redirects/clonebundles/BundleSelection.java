// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The entries of a manifest that a client uses: filtered as Mercurial does, in the order that
 * Mercurial sorts them into. Entries that Mercurial would use but this library cannot or must not
 * (stream bundles, unsupported changegroups, schemes, digests) are rejected too, each with its own
 * reason.
 *
 * @param chosen the entries to use, in the order in which to try them
 * @param rejected the others, in the order of the manifest
 */
public record BundleSelection(List<CloneBundleEntry> chosen, List<RejectedEntry> rejected) {
  /** Copies the lists. */
  public BundleSelection {
    chosen = List.copyOf(chosen);
    rejected = List.copyOf(rejected);
  }

  /**
   * Selects the entries that a client uses.
   *
   * @param entries the entries, the one that the server prefers first
   * @param capabilities the capabilities of the client
   * @param preferences the preferences of the user, the most important first: entries that match
   *     one come before those that do not, and keep their order otherwise
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
