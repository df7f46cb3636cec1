// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ChangegroupEncoder;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/** The work of writing one delta group; it rests when enough is written. */
final class DeltaGroup implements Work<Boolean> {
  private static final int FLAGS = 0xffff;

  /**
   * Where a group is written to.
   *
   * @param index of the changesets, for the linknodes
   */
  record Target(
      ChangesetIndex index,
      ChangegroupVersion version,
      ChangegroupEncoder encoder,
      BundleOutput output) {}

  private final Target target;
  private final Segment segment;
  private final ByteString path;
  private final MissingRevisions revisions;
  private final RevisionBodies bodies;
  private boolean started;
  private @Nullable StoredRevision previous;
  private @Nullable RevisionBody body;

  DeltaGroup(
      Target target,
      Segment segment,
      ByteString path,
      MissingRevisions revisions,
      RevisionBodies bodies) {
    this.target = target;
    this.segment = segment;
    this.path = path;
    this.revisions = revisions;
    this.bodies = bodies;
  }

  @Override
  public @Nullable Boolean advance(Steps steps) throws IOException {
    while (!target.output().isFull()) {
      RevisionBody current = body;
      if (current == null) {
        if (!steps.take()) {
          return null;
        }
        StoredRevision next = revisions.next();
        if (next == null) {
          end();
          return true;
        }
        current = start(next);
      }
      if (current.write(target.encoder())) {
        body = null;
        current.close();
      }
    }
    return null;
  }

  private RevisionBody start(StoredRevision revision) throws IOException {
    startGroup();
    RevisionBody opened = bodies.of(revisions, revision, previous);
    body = opened;
    previous = revision;
    opened.start(
        target.encoder(), revision, target.index().node(revisions.link()), flags(revision));
    return opened;
  }

  /** Only files have a group that is left out if it is empty. */
  private void end() {
    if (segment != Segment.FILES) {
      startGroup();
    }
    if (started) {
      target.encoder().endGroup();
    }
  }

  private void startGroup() {
    if (!started) {
      started = true;
      target.encoder().startGroup(segment, path);
    }
  }

  /** Versions without flags send the tombstone of a censored revision as if it were its text. */
  private int flags(StoredRevision revision) throws IOException {
    int flags = revision.flags() & FLAGS;
    if (target.version() == ChangegroupVersion.V03) {
      return flags;
    }
    if ((flags & ~DeltaHeader.CENSORED) != 0) {
      throw new IOException(
          "the revision "
              + revision.node()
              + (path.isEmpty() ? "" : " of " + path)
              + " has storage flags, which only changegroups 03 can express");
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    RevisionBody current = body;
    if (current != null) {
      body = null;
      current.close();
    }
  }
}
