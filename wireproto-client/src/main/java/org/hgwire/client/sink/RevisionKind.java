// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

/** What a revision is a revision of. */
public enum RevisionKind {
  /** The changelog. */
  CHANGESET,
  /** The root manifest. */
  MANIFEST,
  /** A tracked file. */
  FILE
}
