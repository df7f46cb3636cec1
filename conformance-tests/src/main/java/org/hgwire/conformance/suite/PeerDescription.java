// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.hgwire.conformance.cases.Need;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.version1.Version1Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * A server, as it describes itself.
 *
 * @param url the URL of its repository; the path ends with a slash
 * @param apiPath the path of the API of version 2, with a slash at its end; empty if it has none
 * @param version2 its capabilities of version 2, or null
 * @param version1 its capabilities of version 1, or null
 * @param encodings the content encodings that it sends over version 2
 * @param known whether it serves the known repository
 * @param redirects its redirects of version 2
 */
record PeerDescription(
    URI url,
    String apiPath,
    @Nullable ServerCapabilities version2,
    @Nullable Version1Capabilities version1,
    Set<String> encodings,
    boolean known,
    PeerRedirects redirects) {

  /** Returns the profiles of which it has something. */
  Set<Profile> profiles() {
    Set<Profile> profiles = EnumSet.noneOf(Profile.class);
    if (version2 != null) {
      profiles.add(Profile.V2_SERVER);
      if (redirects.advertised()) {
        profiles.add(Profile.REDIRECTS);
      }
    }
    if (version1 != null) {
      profiles.add(Profile.V1_SERVER);
      if (version1.has("clonebundles")) {
        profiles.add(Profile.CLONEBUNDLES);
      }
    }
    return profiles;
  }

  /** Returns whether it has what a case of {@code profile} needs. */
  boolean has(Need need, Profile profile) {
    return switch (need.kind()) {
      case KNOWN -> known;
      case COMMAND -> hasCommand(need.name(), profile);
      case ENCODING -> encodings.contains(need.name());
      case CAPABILITY -> version1 != null && version1.has(need.name());
      case REDIRECT -> redirects.seen();
    };
  }

  private boolean hasCommand(String name, Profile profile) {
    return EnumSet.of(Profile.V2_SERVER, Profile.REDIRECTS).contains(profile)
        ? version2 != null && version2.command(name) != null
        : version1 != null && (version1.has(name) || version1.commands().command(name) != null);
  }
}
