// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.command.Node;

/** Receives the revisions of one segment of a bundle. */
interface BundleIntake extends AutoCloseable {
  /**
   * Receives the next revision.
   *
   * @throws BundleException if it must not be applied, and with it the rest of the bundle
   */
  void take(BundleRevision revision) throws IOException;

  /** Notes that the segment is complete. */
  void end() throws IOException;

  /** Frees resources; does not end the segment. */
  @Override
  void close() throws IOException;

  /** Returns the error for a revision that nothing in the sink refers to. */
  static BundleException notNamed(RevisionKey key, String why) {
    return new BundleException(
        BundleFault.NOT_NAMED, "The bundle contains the " + key + ", " + why + ".");
  }

  /** Returns the error for a revision with storage flags that are not supported, or not true. */
  static BundleException flagged(DeltaHeader header) {
    return new BundleException(
        BundleFault.UNSUPPORTED,
        "The bundle contains the revision "
            + header.node()
            + " with the flags "
            + header.flags()
            + ", which are not supported for its text.");
  }

  /** Returns the error for a revision whose parent is missing. */
  static BundleException withoutParent(RevisionKey key, Node parent) {
    return new BundleException(
        BundleFault.DAMAGED,
        "The bundle contains the " + key + " without its parent " + parent + " before it.");
  }

  /**
   * Returns the verified text of a revision, which the caller closes.
   *
   * @throws BundleException if the hash of its text is not its node, or its base is missing
   */
  static ResolvedText text(TextResolver resolver, RevisionKey key, BundleRevision revision)
      throws IOException {
    DeltaHeader header = revision.header();
    try {
      return resolver.patched(key, header.parents(), header.base(), SentData.of(revision));
    } catch (VerificationException e) {
      throw new BundleException(BundleFault.DAMAGED, String.valueOf(e.getMessage()), e);
    } catch (WireProtocolException e) {
      throw new BundleException(
          e.code() == WireErrorCode.LIMIT ? BundleFault.UNREADABLE : BundleFault.DAMAGED,
          "The " + key + " cannot be reconstructed: " + e.getMessage(),
          e);
    }
  }
}
