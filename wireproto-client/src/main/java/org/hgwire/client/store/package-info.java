// SPDX-License-Identifier: Apache-2.0
/**
 * Sinks that are repositories which every Mercurial uses.
 *
 * <p>Begin with {@link org.hgwire.client.store.RepositorySink}, or {@link
 * org.hgwire.client.store.TemporaryRepositorySink} to verify and keep nothing. Inside, {@code
 * Beside} has the changesets that are not complete, in a file beside the repository; {@code
 * StoredRevisions} reads what is in it, and a {@code Batch} writes manifests and file revisions,
 * and at its end the changesets that they belong to, in one transaction of {@link
 * org.hgwire.store.write}. {@code PhaseTable} and {@code BookmarkUpdate} do with phases and
 * bookmarks what {@code hg pull} does.
 */
@NullMarked
package org.hgwire.client.store;

import org.jspecify.annotations.NullMarked;
