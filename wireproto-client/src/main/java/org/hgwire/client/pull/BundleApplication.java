// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.Iterator;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/**
 * Applies a bundle to a sink, segment after segment.
 *
 * <p>Only what hashes lead to from changesets that the server shows gets there: a changeset that is
 * not shown, a manifest that no changeset names, or a file revision that no manifest names ends the
 * application. So a bundle can omit something, but cannot add or change anything.
 */
final class BundleApplication {
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final BundleOrigin origin;
  private final PullOptions options;
  private @Nullable BundleIntake intake;
  private @Nullable BatchManifests batch;
  private Segment segment = Segment.CHANGESETS;

  BundleApplication(
      PullSink sink, RevisionReceiver receiver, BundleOrigin origin, PullOptions options) {
    this.sink = sink;
    this.receiver = receiver;
    this.origin = origin;
    this.options = options;
  }

  /**
   * Applies a bundle.
   *
   * @param maxChangesets how many incomplete changesets the sink may have when the manifests begin
   * @return false if it has more: then only the changesets of the bundle were read
   * @throws BundleException if it cannot be applied completely; what the sink got is valid, and
   *     complete changesets were reported
   * @throws IOException if the source of the bundle, the server or the sink throws
   */
  boolean run(BundleReader reader, int maxChangesets) throws IOException {
    try {
      for (BundleRevision next = reader.next(); next != null; next = reader.next()) {
        if (intake instanceof ChangesetIntake && next.segment() != Segment.CHANGESETS) {
          end();
          if (hasMoreThan(maxChangesets)) {
            return false;
          }
        }
        intakeFor(next.segment(), reader).take(checked(next));
      }
      if (segment != Segment.FILES) {
        intakeFor(Segment.FILES, reader);
      }
      end();
      return true;
    } catch (BundleException | RedirectException e) {
      if (intake instanceof FileIntake) {
        end();
      }
      sink.abandoned();
      throw e;
    } finally {
      if (intake != null) {
        intake.close();
      }
    }
  }

  private boolean hasMoreThan(int max) throws IOException {
    Iterator<Node> incomplete = sink.incomplete().iterator();
    int count = 0;
    while (count <= max && incomplete.hasNext()) {
      incomplete.next();
      count++;
    }
    return count > max;
  }

  /** Applies a bundle, however many changesets it has. */
  void run(BundleReader reader) throws IOException {
    if (!run(reader, Integer.MAX_VALUE)) {
      throw new IllegalStateException("more changesets than there are numbers");
    }
  }

  private static BundleRevision checked(BundleRevision revision) throws BundleException {
    // "Storage flags": the node is not the hash of the text. RevisionReceiver sees what it is.
    int allowed =
        revision.segment() == Segment.FILES
            ? DeltaHeader.CENSORED | DeltaHeader.EXTERNALLY_STORED
            : 0;
    if ((revision.header().flags() & ~allowed) != 0) {
      throw BundleIntake.flagged(revision.header());
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
      return new ChangesetIntake(sink, receiver, origin, progress, options);
    }
    try {
      return switch (next) {
        case MANIFESTS -> new ManifestIntake(sink, receiver, batch(), options.listener());
        case FILES -> new FileIntake(sink, receiver, batch(), origin, options);
        default ->
            throw new BundleException(
                BundleFault.UNSUPPORTED,
                "The bundle contains tree manifests, which are not supported.");
      };
    } catch (PeerProtocolException e) {
      throw new BundleException(
          BundleFault.DAMAGED,
          "A changeset or manifest of the bundle cannot be read: " + e.getMessage(),
          e);
    }
  }

  private BatchManifests batch() throws IOException {
    BatchManifests known = batch;
    if (known == null) {
      known = new BatchManifests(sink, sink.incomplete());
      receiver.begin(known);
      batch = known;
    }
    return known;
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
