// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.command.Node;

/** Takes the revisions of one segment of a bundle. */
interface BundleIntake extends AutoCloseable {
  /**
   * Takes the next revision.
   *
   * @throws BundleException if it is not to be taken, and with it the rest of the bundle
   */
  void take(BundleRevision revision) throws IOException;

  /** Takes note that the segment is complete. */
  void end() throws IOException;

  /** Frees what it holds. What was not ended stays as it is. */
  @Override
  void close() throws IOException;

  /** Returns the error for a revision that is in the bundle and in nothing that was taken. */
  static BundleException notNamed(RevisionKey key, String why) {
    return new BundleException(
        BundleFault.NOT_NAMED, "The bundle holds the " + key + ", " + why + ".");
  }

  /** Returns the error for a revision whose parent is missing. */
  static BundleException withoutParent(RevisionKey key, Node parent) {
    return new BundleException(
        BundleFault.DAMAGED,
        "The bundle holds the " + key + ", and its parent " + parent + " did not come before it.");
  }

  /**
   * Returns the text of a revision, verified; the caller discards it.
   *
   * @throws BundleException if it is not what its node says, or its base is missing
   */
  static RevisionText text(TextResolver resolver, RevisionKey key, BundleRevision revision)
      throws IOException {
    DeltaHeader header = revision.header();
    try {
      return resolver.patched(key, header.parents(), header.base(), SentData.of(revision));
    } catch (VerificationException e) {
      throw new BundleException(BundleFault.DAMAGED, String.valueOf(e.getMessage()), e);
    } catch (WireProtocolException e) {
      throw new BundleException(
          BundleFault.DAMAGED, "The " + key + " cannot be put together: " + e.getMessage(), e);
    }
  }
}
