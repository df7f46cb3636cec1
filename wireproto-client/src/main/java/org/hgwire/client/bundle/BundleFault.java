// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

/** The reason why a bundle was not applied. */
public enum BundleFault {
  /** It is not a bundle, is incomplete or malformed, or exceeds a limit. */
  UNREADABLE,
  /**
   * It has something that is not supported: a stream, tree manifests, revisions with flags, unknown
   * parts, bzip2 without its library.
   */
  UNSUPPORTED,
  /** The hash of a revision is not its node, or its base is missing. */
  DAMAGED,
  /** It contains changesets that the server does not show. */
  NOT_SHOWN,
  /** It contains manifests or file revisions that no changeset of the server names. */
  NOT_NAMED
}
