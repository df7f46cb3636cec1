// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * What turns the text of one revision into that of another.
 *
 * @param base the revision it applies to, of the same store
 * @param hunks the delta in the form of revlogs ({@code hg help internals.changegroups}, "Delta
 *     Groups"): for each hunk the start and end of what is replaced and the length of what replaces
 *     it, 32 bits each in big endian, then the new bytes; at most 1 MiB. What a hunk of a manifest
 *     replaces and what it inserts are whole lines: Mercurial's client relies on that
 */
public record StoredDelta(Node base, ByteString hunks) {}
