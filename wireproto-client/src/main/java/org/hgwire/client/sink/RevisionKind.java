// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

/** The kinds of revisions. */
public enum RevisionKind {
  /** A changeset. */
  CHANGESET,
  /** A root manifest. */
  MANIFEST,
  /** A revision of a tracked file. */
  FILE
}
