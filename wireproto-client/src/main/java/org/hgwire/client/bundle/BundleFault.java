// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

/** Why a bundle was not applied. */
public enum BundleFault {
  /** It is not a bundle, is cut or malformed, or exceeds a limit. */
  UNREADABLE,
  /** It holds what is not taken: a store, tree manifests, revisions with flags, unknown parts. */
  UNSUPPORTED,
  /** A revision is not what its node says, or what it is based on is missing. */
  DAMAGED,
  /** It holds changesets that the server does not show. */
  NOT_SHOWN,
  /** It holds manifests or file revisions that no changeset of the server names. */
  NOT_NAMED
}
