// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

/**
 * An entry that a client does not use.
 *
 * @param entry the entry
 * @param reason why not
 * @param message the same as a clause for people
 */
public record RejectedEntry(CloneBundleEntry entry, Reason reason, String message) {
  /** Why an entry is not used. */
  public enum Reason {
    /** BUNDLESPEC is malformed, or says something that is not known here. */
    BUNDLESPEC,
    /** It is a stream bundle: a store, not history. */
    STREAM,
    /** It is compressed in a way that the client does not read. */
    COMPRESSION,
    /** It needs Server Name Indication. */
    SERVER_NAMES,
    /** It needs too much memory, or REQUIREDRAM is not a size. */
    MEMORY,
    /** The URL is not one of http or https: it may be an inline bundle, for other clients. */
    SCHEME,
    /** The URL is not one. */
    BAD_URL,
    /** The manifest came over https and the URL is http. */
    DOWNGRADE,
    /** DIGEST proves nothing, is malformed, or is missing where it is required. */
    DIGEST
  }
}
