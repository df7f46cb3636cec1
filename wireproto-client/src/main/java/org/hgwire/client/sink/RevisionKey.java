// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * Identifies a revision. The natural order is that of kinds, paths and nodes; because keys have
 * one, hash tables of them stay fast if a peer chooses paths and nodes whose hashes collide.
 *
 * @param kind its kind
 * @param path the tracked path of a file, else empty
 * @param node its node
 */
public record RevisionKey(RevisionKind kind, ByteString path, Node node)
    implements Comparable<RevisionKey> {
  /** Returns the key of a changeset. */
  public static RevisionKey changeset(Node node) {
    return new RevisionKey(RevisionKind.CHANGESET, ByteString.empty(), node);
  }

  /** Returns the key of a manifest. */
  public static RevisionKey manifest(Node node) {
    return new RevisionKey(RevisionKind.MANIFEST, ByteString.empty(), node);
  }

  /** Returns the key of a file revision. */
  public static RevisionKey file(ByteString path, Node node) {
    return new RevisionKey(RevisionKind.FILE, path, node);
  }

  @Override
  public int compareTo(RevisionKey other) {
    int order = kind.compareTo(other.kind);
    if (order == 0) {
      order = path.compareTo(other.path);
    }
    return order == 0 ? node.compareTo(other.node) : order;
  }

  /** Returns a description for people. */
  @Override
  public String toString() {
    return switch (kind) {
      case CHANGESET -> "changeset " + node;
      case MANIFEST -> "manifest " + node;
      case FILE -> "revision " + node + " of file " + path;
    };
  }
}
