// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.text;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;

/**
 * One entry of a manifest.
 *
 * @param path the path of the file
 * @param node the revision of the file
 * @param flag what kind of file it is
 */
public record ManifestEntry(ByteString path, Node node, ManifestFlag flag) {}
