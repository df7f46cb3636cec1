// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.client.sink.RepositoryPart;

/**
 * Which part of a repository was pulled, and how far that was verified.
 *
 * <p>Of any part, every text that came has the hash that its node says, every changeset within the
 * depth is in the sink with its manifest, and so is every file revision inside the paths that one
 * of these manifests names. The file revisions outside of the paths, and the parents of the
 * revisions that are counted here, are known by their nodes alone: the server may not have them.
 *
 * @param part what was pulled
 * @param changesetsWithoutParents changesets that the sink got without all of their parents
 * @param filesWithoutParents file revisions that the sink got without all of their parents, some of
 *     which may have come later
 */
public record PartReport(
    RepositoryPart part, long changesetsWithoutParents, long filesWithoutParents) {
  /** The whole repository, with all parents. */
  public static final PartReport WHOLE = new PartReport(RepositoryPart.WHOLE, 0, 0);
}
