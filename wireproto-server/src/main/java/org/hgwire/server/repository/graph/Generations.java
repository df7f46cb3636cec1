// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

/**
 * A changeset and its ancestors, up to a distance.
 *
 * @param changeset the number of the changeset
 * @param depth how many generations, of which the changeset is the first; not negative
 */
public record Generations(int changeset, long depth) {}
