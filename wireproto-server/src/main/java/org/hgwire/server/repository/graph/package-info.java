// SPDX-License-Identifier: Apache-2.0
/**
 * What the library computes over the changesets of a repository: which may be served, ancestors,
 * ranges, heads of branches. Not exported: a host implements none of it and calls none of it.
 *
 * <p>Begin with {@link org.hgwire.server.repository.graph.ChangesetGraph}, made of the {@link
 * org.hgwire.server.repository.ChangesetIndex} of one snapshot.
 */
@NullMarked
package org.hgwire.server.repository.graph;

import org.jspecify.annotations.NullMarked;
