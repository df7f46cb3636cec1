// SPDX-License-Identifier: Apache-2.0
/**
 * Writes to repositories on disk. {@link org.hgwire.store.write.RepositoryWriter} makes one or
 * opens one, and begins transactions; a {@link org.hgwire.store.write.StoreTransaction} has the
 * revlogs to append to ({@link org.hgwire.store.revlog.RevlogAppender}), and takes phases,
 * bookmarks and obsolescence markers. Knows nothing of where they come from, and checks no hash.
 *
 * <p>The way of a byte: an appender compresses a chunk and collects what is to be written; the
 * files of the log ({@code LogFiles}, {@code ChangelogFiles}) give it to {@code JournaledFiles},
 * which has the {@code Journal} record the file as it was, and {@code StoreWrites} write it. {@code
 * JournalRollback} reads the journal, and makes everything undone.
 *
 * <p>Rules, those of Mercurial: the locks are {@code .hg/wlock} and {@code .hg/store/lock}, in this
 * order. A file that grows is in {@code journal} with its length, one that is replaced is in {@code
 * journal.backupfiles} with a copy, before its first byte is written; an index that has chunks in
 * it and is split is in the second only. The index of the changelog is made aside and renamed after
 * everything but the bookmarks. A file with other hard links is copied first.
 */
@NullMarked
package org.hgwire.store.write;

import org.jspecify.annotations.NullMarked;
