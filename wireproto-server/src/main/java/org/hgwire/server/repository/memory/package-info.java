// SPDX-License-Identifier: Apache-2.0
/**
 * A repository in memory: for tests, for trying things out, and as an implementation of the
 * repository contract to read. It uses nothing but what the contract's package exports.
 *
 * <p>Begin with {@link org.hgwire.server.repository.memory.MemoryRepository}:
 *
 * <pre>{@code
 * MemoryRepository repository = MemoryRepository.publishing();
 * repository.commit().user("ann").message("first").write("tides.txt", "high\n").commit();
 * }</pre>
 *
 * <p>{@link org.hgwire.server.repository.memory.MemoryCommit} collects a commit; {@code
 * CommitAssembly} turns it into revisions with Mercurial's hashes. They are kept in {@code
 * MemoryStore}s, which only grow; {@code MemoryState} is immutable and replaced by each change, so
 * a snapshot is one reference to it. Memory: the content of every revision, whole, and its delta
 * from a parent where that is shorter, unless it is given as a {@link
 * org.hgwire.server.repository.memory.RevisionContent} that is produced when it is read.
 */
@NullMarked
package org.hgwire.server.repository.memory;

import org.jspecify.annotations.NullMarked;
