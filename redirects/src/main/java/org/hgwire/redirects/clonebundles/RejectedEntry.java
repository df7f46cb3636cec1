// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

/**
 * An entry that a client does not use.
 *
 * @param entry the entry
 * @param reason why not
 * @param message the reason as a clause, for people
 */
public record RejectedEntry(CloneBundleEntry entry, Reason reason, String message) {
  /** Why an entry is not used. */
  public enum Reason {
    /** BUNDLESPEC is malformed or not supported. */
    BUNDLESPEC,
    /** It is a stream bundle: a store, not history. */
    STREAM,
    /** It is compressed in a way that the client does not read. */
    COMPRESSION,
    /** It needs Server Name Indication. */
    SERVER_NAMES,
    /** It needs too much memory, or REQUIREDRAM is not a size. */
    MEMORY,
    /** The scheme is neither http nor https, or an inline bundle cannot be requested. */
    SCHEME,
    /** The URL is malformed. */
    BAD_URL,
    /** The manifest came over https and the URL is http. */
    DOWNGRADE,
    /** DIGEST is malformed, has no accepted hash, or is required and missing. */
    DIGEST
  }
}
