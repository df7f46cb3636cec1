// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.command.Node;

/** What a bundle is checked against: the server that named it, what was asked for, or nothing. */
interface BundleOrigin {
  /** The origin of a bundle that the caller trusts. */
  BundleOrigin TRUSTED =
      new BundleOrigin() {
        @Override
        public List<Boolean> has(List<Node> changesets) {
          return Collections.nCopies(changesets.size(), true);
        }

        @Override
        public BundleException refused(Node changeset) {
          throw new IllegalStateException("a bundle that is trusted was refused");
        }
      };

  /** Returns the origin of a bundle that was asked for: {@code heads}, with their ancestors. */
  static BundleOrigin asked(List<Node> heads) {
    Set<Node> asked = ComparableKeys.setOf(heads);
    return new BundleOrigin() {
      @Override
      public List<Boolean> has(List<Node> changesets) {
        return changesets.stream().map(asked::contains).toList();
      }

      @Override
      public BundleException refused(Node changeset) {
        return new BundleException(
            BundleFault.NOT_SHOWN,
            "It contains changesets that were not asked for, such as " + changeset + ".");
      }

      /** What descends from a changeset comes after it, to the end. */
      @Override
      public int maxWaiting() {
        return Integer.MAX_VALUE;
      }

      @Override
      public long maxWaitingBytes() {
        return Long.MAX_VALUE;
      }
    };
  }

  /** Returns for each changeset, of which others descend, whether the origin has it. */
  List<Boolean> has(List<Node> changesets) throws IOException;

  /** Returns the error for a changeset that the origin does not have. */
  BundleException refused(Node changeset);

  /**
   * Passes a file revision to the sink as the server has it.
   *
   * @return false if there is no server that has it
   */
  default boolean deliver(RevisionKey file) throws IOException {
    return false;
  }

  /** Returns how many changesets wait before the origin is asked: bounds memory. */
  default int maxWaiting() {
    return 20_000;
  }

  /** Returns how many bytes of them wait, before the last one: bounds the room on disk. */
  default long maxWaitingBytes() {
    return 64L << 20;
  }
}
