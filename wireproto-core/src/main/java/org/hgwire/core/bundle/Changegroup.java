// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.util.OptionalLong;

/**
 * What a bundle declares about a changegroup (bundle2, changegroup).
 *
 * @param version its format
 * @param changesets the declared number of changesets; not checked
 * @param treeManifests whether it is declared to have tree manifests; not checked
 */
public record Changegroup(
    ChangegroupVersion version, OptionalLong changesets, boolean treeManifests) {
  /** Checks the arguments. */
  public Changegroup {
    if (changesets.isPresent() && changesets.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "the number of changesets cannot be " + changesets.getAsLong());
    }
    if (treeManifests && version != ChangegroupVersion.V03) {
      throw new IllegalArgumentException("only changegroups 03 have tree manifests");
    }
  }

  /** Returns a changegroup with only its version declared. */
  public static Changegroup of(ChangegroupVersion version) {
    return new Changegroup(version, OptionalLong.empty(), false);
  }
}
