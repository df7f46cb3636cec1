// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

/**
 * What a peer must have for a case to be run; a case is skipped otherwise.
 *
 * @param kind what it is
 * @param name its name; empty for {@link Kind#KNOWN} and {@link Kind#REDIRECT}
 */
public record Need(Kind kind, String name) {
  /** What may be needed. */
  public enum Kind {
    /** It serves the known repository. */
    KNOWN,
    /** It has a command. */
    COMMAND,
    /** It sends a content encoding of version 2. */
    ENCODING,
    /** It has a capability of version 1: a word, or what precedes the equals sign. */
    CAPABILITY,
    /** It redirects a request that it was sent before, to http or https. */
    REDIRECT
  }

  /** Says why a case is skipped by a peer that lacks this. */
  public String missing() {
    return switch (kind) {
      case KNOWN -> "the peer does not serve the known repository";
      case COMMAND -> "the peer does not offer the command " + name;
      case ENCODING -> "the peer does not offer the encoding " + name;
      case CAPABILITY -> "the peer does not have the capability " + name;
      case REDIRECT ->
          "the peer did not redirect changesetdata or filesdata of all changesets to http or https";
    };
  }
}
