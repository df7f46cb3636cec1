// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.NodeHasher;
import org.jspecify.annotations.Nullable;

/**
 * A revision as it came.
 *
 * @param path the path of a file; of changesets and manifests, an empty one
 * @param node its node, of any length
 * @param parents its parents
 * @param text its text, or null if none came
 */
record PlainRevision(
    ByteString path, ByteString node, List<ByteString> parents, @Nullable ByteString text) {
  /** Returns the parents, without the null node. */
  List<ByteString> present() {
    return parents.stream().filter(parent -> !parent.equals(Node.NULL.toByteString())).toList();
  }

  /** Returns whether the hash of the text, if there is one, is the node. */
  boolean isSound() {
    ByteString known = text;
    return known == null
        || NodeHasher.hash(new Parents(Node.of(parents.get(0)), Node.of(parents.get(1))), known)
            .toByteString()
            .equals(node);
  }
}
