// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;

/**
 * What a changeset did to one path, compared with its first parent.
 *
 * @param kind what happened
 * @param path the tracked path as the manifest has it; nothing checks that it stays inside the
 *     repository, so do not use it as a path of a file system unchecked
 * @param before the file revision in the parent; the null node if the path was added
 * @param node the file revision in the changeset; the null node if the path was removed
 * @param flag what the path is in the changeset, or was in the parent if it was removed
 */
public record PathChange(Kind kind, ByteString path, Node before, Node node, ManifestFlag flag) {
  /** What happened to a path. */
  public enum Kind {
    /** It is in the changeset and not in the parent. */
    ADDED,
    /** It has another file revision, another flag, or both. */
    MODIFIED,
    /** It is in the parent and not in the changeset. */
    REMOVED
  }
}
