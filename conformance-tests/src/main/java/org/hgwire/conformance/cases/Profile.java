// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.Arrays;
import java.util.Locale;

/** What is tested: a role in a version of the protocol, or a part of one. */
public enum Profile {
  /** Servers of version 2. */
  V2_SERVER,
  /** Servers of version 1. */
  V1_SERVER,
  /** The manifests of clone bundles that servers send. */
  CLONEBUNDLES,
  /** Servers of version 2 that redirect clients to content elsewhere. */
  REDIRECTS,
  /** Clients of version 2. */
  V2_CLIENT;

  /** Returns whether clients are tested, not servers. */
  public boolean isForClients() {
    return this == V2_CLIENT;
  }

  /** Returns the name on the command line and in results, such as {@code v2-server}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the profile with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Profile named(String text) {
    return Arrays.stream(values())
        .filter(profile -> profile.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no profile "
                        + text
                        + "; choose from "
                        + String.join(", ", Arrays.stream(values()).map(Profile::text).toList())));
  }
}
