// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

/**
 * What the revlogs of a store have in common that are appended to.
 *
 * @param compressor what compresses the chunks, one thread at a time; not closed by a revlog
 * @param sparse whether readers leave out what is between the chunks of a chain (the requirement
 *     {@code sparserevlog})
 * @param limits what one revlog may make its reader hold
 * @param firstLink the number of the first changeset of the transaction
 */
public record AppendSettings(
    ChunkCompressor compressor, boolean sparse, RevlogLimits limits, int firstLink) {}
