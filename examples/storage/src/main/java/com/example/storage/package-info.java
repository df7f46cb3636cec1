// SPDX-License-Identifier: Apache-2.0
/**
 * A repository over a host's own storage: changesets, manifests and file revisions in one SQLite
 * file.
 *
 * <p>Read it in the order of the contract, one class for each type that a host implements:
 *
 * <ol>
 *   <li>{@link com.example.storage.SqliteRepository} ({@code Repository}): opens snapshots, moves
 *       bookmarks and phases.
 *   <li>{@link com.example.storage.SqliteSnapshot} ({@code RepositorySnapshot}): a read
 *       transaction.
 *   <li>{@link com.example.storage.SqliteChangesets} ({@code ChangesetIndex}): what commands read
 *       for every changeset, in memory.
 *   <li>{@link com.example.storage.SqliteRevisions} ({@code RevisionStore}): lookups by node.
 *   <li>{@link com.example.storage.SqliteRevision} ({@code StoredRevision}): parents, and the text
 *       as a stream.
 * </ol>
 *
 * <p>{@link com.example.storage.Importer} fills it from another repository, {@link
 * com.example.storage.StorageServer} serves it; {@code schema.sql} has the tables. The example
 * keeps the defaults for names other than bookmarks ({@code lookup}), pushkey namespaces, stored
 * deltas and raw store files.
 */
package com.example.storage;
