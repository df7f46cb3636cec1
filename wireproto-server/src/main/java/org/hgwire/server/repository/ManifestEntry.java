// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * One entry of a manifest.
 *
 * @param path the path of the file
 * @param node the revision of the file
 * @param flag empty, {@code x} for an executable file, {@code l} for a symbolic link, {@code t} for
 *     the manifest of a directory
 */
public record ManifestEntry(ByteString path, Node node, ByteString flag) {}
