// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * The difference between the texts of two revisions of a store.
 *
 * @param base the revision that it applies to
 * @param hunks the delta in the format of revlogs ({@code hg help internals.changegroups}, "Delta
 *     Groups"), at most 1 MiB. Each hunk is the start and the end of the bytes it replaces and the
 *     number of new bytes, 32 bits each in big endian, then the new bytes. Hunks of a manifest
 *     replace and insert whole lines: Mercurial's client relies on that
 */
public record StoredDelta(Node base, ByteString hunks) {}
