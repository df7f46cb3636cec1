// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a changeset did to one file.
 *
 * @param path the path of the file
 * @param node the revision of the file in the changeset, or null if the changeset removed it
 */
public record FileChange(ByteString path, @Nullable Node node) {}
