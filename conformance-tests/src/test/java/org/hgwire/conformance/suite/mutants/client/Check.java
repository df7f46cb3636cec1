// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

/** What a {@link PlainClone} checks. */
enum Check {
  /** A response that fails is not taken for one that ends. */
  FAILURES,
  /** A response has a header. */
  HEADERS,
  /** A response has as many revisions as its header says. */
  COUNTS,
  /** A response is read to its end, and nothing is behind the last revision. */
  ENDS,
  /** Nothing is between revisions. */
  ORDER,
  /** A revision has a text. */
  TEXTS,
  /** A text has the length that its record says. */
  LENGTHS,
  /** A node has 20 bytes. */
  NODES,
  /** A path does not lead out of the repository. */
  PATHS,
  /** The hash of a changeset is its node. */
  CHANGESET_HASHES,
  /** The hash of a manifest is its node. */
  MANIFEST_HASHES,
  /** The hash of a file revision is its node. */
  FILE_HASHES,
  /** Every head that was requested came. */
  HEADS,
  /** The parents of a changeset came before it. */
  PARENTS,
  /** The manifest of every changeset came. */
  MANIFESTS,
  /** Every file revision that a manifest names came. */
  FILES,
  /** A file revision came at the path that a manifest has for it. */
  FILE_PATHS
}
