// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.RevisionRecord;

/**
 * A record of {@code filesdata}.
 *
 * @param path the tracked path
 * @param revision the revision of that file
 */
public record PathRevision(ByteString path, RevisionRecord revision) {}
