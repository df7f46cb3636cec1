// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.NodeHasher;

/**
 * A changeset, manifest or file revision.
 *
 * @param node its node
 * @param parents its parents
 * @param link the number of the changeset that introduced it
 * @param text its text
 */
record Revision(Node node, Parents parents, int link, ByteString text) {
  static Revision of(Parents parents, int link, ByteString text) {
    return new Revision(NodeHasher.hash(parents, text), parents, link, text);
  }
}
