// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.util.OptionalLong;

/**
 * What is said of a changegroup outside of it (bundle2, changegroup).
 *
 * @param version its format
 * @param changesets how many changesets it has, as its maker says; not checked
 * @param treeManifests whether its maker says that it has tree manifests; not checked
 */
public record Changegroup(
    ChangegroupVersion version, OptionalLong changesets, boolean treeManifests) {
  /** Checks the arguments. */
  public Changegroup {
    if (changesets.isPresent() && changesets.getAsLong() < 0) {
      throw new IllegalArgumentException(changesets.getAsLong() + " changesets");
    }
    if (treeManifests && version != ChangegroupVersion.V03) {
      throw new IllegalArgumentException("only changegroups 03 have tree manifests");
    }
  }

  /** Returns a changegroup of which nothing but the version is known. */
  public static Changegroup of(ChangegroupVersion version) {
    return new Changegroup(version, OptionalLong.empty(), false);
  }
}
