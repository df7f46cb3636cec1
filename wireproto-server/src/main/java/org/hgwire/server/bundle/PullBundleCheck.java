// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Set;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.BundleHeader;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.PartHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.server.repository.PullBundle;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bundle to its end: whether it is complete, has exactly the changesets that it should
 * have, and no part that says something else. Texts and hashes are not checked: clients do that.
 */
final class PullBundleCheck implements Work<CheckedBundle> {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String CHANGEGROUP = "changegroup";

  /** Caches for the receiver, which say nothing of other changesets. */
  private static final Set<String> CACHES = Set.of("cache:rev-branch-cache", "hgtagsfnodes");

  private final PullBundle bundle;
  private final ChangesetGraph graph;
  private final BitSet missing;
  private final InputStream input;
  private final BundleDecoder decoder;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private BundleCompression compression = BundleCompression.NONE;
  private @Nullable ChangegroupVersion version;
  private boolean inChangesets;

  /** What is read does not count for the request that happens to be the first. */
  private final Steps own = new Steps(Long.MAX_VALUE, IllegalStateException::new);

  /**
   * Opens a bundle.
   *
   * @param changesets those that it should have; not changed
   */
  PullBundleCheck(PullBundle bundle, ChangesetGraph graph, BitSet changesets, WireLimits limits)
      throws IOException {
    this.bundle = bundle;
    this.graph = graph;
    this.missing = (BitSet) changesets.clone();
    this.input = bundle.open();
    this.decoder = new BundleDecoder(limits, CACHES);
  }

  @Override
  public @Nullable CheckedBundle advance(Steps steps) throws IOException {
    own.beginTurn();
    try {
      while (own.take()) {
        BundleEvent event = decoder.poll();
        if (event != null) {
          look(event);
        } else if (!feed()) {
          return ended();
        }
      }
      return null;
    } catch (WireProtocolException malformed) {
      throw unusable(String.valueOf(malformed.getMessage()));
    }
  }

  private boolean feed() throws IOException {
    int read = input.read(buffer);
    if (read > 0) {
      decoder.feed(ByteBuffer.wrap(buffer, 0, read));
    }
    return read >= 0;
  }

  private CheckedBundle ended() throws IOException {
    decoder.endOfInput();
    if (version == null) {
      throw unusable("it has no changesets");
    }
    if (!missing.isEmpty()) {
      throw unusable(
          "it lacks "
              + missing.cardinality()
              + " changesets between its bases and its heads, "
              + graph.index().node(missing.nextSetBit(0))
              + " among them");
    }
    return new CheckedBundle(true, compression, version);
  }

  private void look(BundleEvent event) throws IOException {
    if (event instanceof BundleEvent.HeaderRead read) {
      compression = read.header().compression();
      if (read.header().format() != BundleHeader.Format.HG20 || !compression.isBuiltIn()) {
        throw unusable("only HG20 bundles without bzip2 are sent to clients that pull");
      }
    } else if (event instanceof BundleEvent.PartStarted started) {
      part(started.part());
    } else if (event instanceof BundleEvent.PartSkipped skipped) {
      part(skipped.part());
    } else if (event instanceof ChangegroupEvent.ChangegroupStarted started) {
      version = started.changegroup().version();
    } else if (event instanceof ChangegroupEvent.DeltaGroupStarted group) {
      inChangesets = group.segment() == Segment.CHANGESETS;
    } else if (event instanceof ChangegroupEvent.RevisionRead revision) {
      revision(revision.header());
    } else if (event instanceof ChangegroupEvent.RevisionStarted revision) {
      revision(revision.header());
    }
  }

  private void part(PartHeader part) throws IOException {
    boolean changegroup = part.type().equals(CHANGEGROUP);
    if (changegroup ? version != null : !CACHES.contains(part.type())) {
      throw unusable("it has the part " + part.name() + (changegroup ? " twice" : ""));
    }
    if (part.parameter("targetphase") != null) {
      throw unusable("it sets phases");
    }
  }

  private void revision(DeltaHeader header) throws IOException {
    if (!inChangesets) {
      return;
    }
    int changeset = graph.find(header.node());
    if (changeset < 0 || !missing.get(changeset)) {
      throw unusable(
          "it has the changeset "
              + header.node()
              + (changeset < 0 ? ", which is not served" : " that its heads and bases leave out"));
    }
    missing.clear(changeset);
  }

  private IOException unusable(String why) {
    return new IOException("the bundle " + bundle + " cannot be sent: " + why);
  }

  @Override
  public void close() throws IOException {
    decoder.close();
    input.close();
  }
}
