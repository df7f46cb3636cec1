// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.core.bundle.Segment;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a bundle holds to a sink, segment after segment.
 *
 * <p>Nothing gets there but what the hashes lead to from changesets that the server shows: a
 * changeset that is not shown, a manifest that no changeset names, a file revision that no manifest
 * names end it. So a bundle can leave something out, and can add or change nothing.
 */
final class BundleApplication {
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final CommonSearch.Known known;
  private final PullOptions options;
  private @Nullable BundleIntake intake;
  private Segment segment = Segment.CHANGESETS;

  BundleApplication(
      PullSink sink, RevisionReceiver receiver, CommonSearch.Known known, PullOptions options) {
    this.sink = sink;
    this.receiver = receiver;
    this.known = known;
    this.options = options;
  }

  /**
   * Applies a bundle.
   *
   * @throws BundleException if it cannot be applied to its end; what the sink got is sound, and
   *     changesets that are complete are said to be
   * @throws IOException what the source of the bundle, the server or the sink throws
   */
  void run(BundleReader reader) throws IOException {
    try {
      for (BundleRevision next = reader.next(); next != null; next = reader.next()) {
        intakeFor(next.segment(), reader).take(checked(next));
      }
      if (segment != Segment.FILES) {
        intakeFor(Segment.FILES, reader);
      }
      end();
    } catch (BundleException | RedirectException e) {
      if (intake instanceof FileIntake) {
        end();
      }
      throw e;
    } finally {
      if (intake != null) {
        intake.close();
      }
    }
  }

  private static BundleRevision checked(BundleRevision revision) throws BundleException {
    // "Storage flags": censored, ellipsis, stored elsewhere. The text is not what the node says.
    if (revision.header().flags() != 0) {
      throw new BundleException(
          BundleFault.UNSUPPORTED,
          "The bundle holds the revision "
              + revision.header().node()
              + " with the flags "
              + revision.header().flags()
              + ", and none are taken: its text is censored, rewritten or elsewhere.");
    }
    return revision;
  }

  private BundleIntake intakeFor(Segment next, BundleReader reader) throws IOException {
    BundleIntake current = intake;
    if (current != null && next == segment) {
      return current;
    }
    end();
    BundleIntake opened = open(next, reader);
    segment = next;
    intake = opened;
    return opened;
  }

  private BundleIntake open(Segment next, BundleReader reader) throws IOException {
    if (next == Segment.CHANGESETS) {
      BundleProgress progress =
          new BundleProgress(
              options.listener(), RevisionKind.CHANGESET, reader.changesets().orElse(-1));
      return new ChangesetIntake(sink, receiver, known, progress, options);
    }
    try {
      return switch (next) {
        case MANIFESTS -> new ManifestIntake(sink, receiver, options.listener());
        case FILES -> new FileIntake(sink, receiver, options);
        default ->
            throw new BundleException(
                BundleFault.UNSUPPORTED, "The bundle holds tree manifests, which are not taken.");
      };
    } catch (PeerProtocolException e) {
      throw new BundleException(
          BundleFault.DAMAGED,
          "What the bundle's changesets name cannot be read: " + e.getMessage(),
          e);
    }
  }

  private void end() throws IOException {
    BundleIntake current = intake;
    if (current != null) {
      intake = null;
      try (current) {
        current.end();
      }
    }
  }
}
