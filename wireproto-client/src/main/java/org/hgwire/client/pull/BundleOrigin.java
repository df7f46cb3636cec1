// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.Node;

/** What a bundle is checked against: the server that named it, or nothing. */
interface BundleOrigin {
  /** The origin of a bundle that the caller trusts. */
  BundleOrigin TRUSTED =
      new BundleOrigin() {
        @Override
        public List<Boolean> known(List<Node> nodes) {
          return Collections.nCopies(nodes.size(), true);
        }

        @Override
        public boolean deliver(RevisionKey file) {
          return false;
        }
      };

  /** Returns for each changeset whether the server shows it. */
  List<Boolean> known(List<Node> nodes) throws IOException;

  /**
   * Passes a file revision to the sink as the server has it.
   *
   * @return false if there is no server that has it
   */
  boolean deliver(RevisionKey file) throws IOException;
}
