// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Writes one changegroup: a delta group of changesets, one of manifests, then one for each
 * directory (version 03) and one for each file, each from {@link #startGroup} to {@link #endGroup}.
 *
 * <p>Nodes, bases and deltas are written as given, unchecked. A call in the wrong order is an
 * {@link IllegalStateException}. Buffers nothing. Not safe for use by several threads.
 */
public final class ChangegroupEncoder {
  private static final int LENGTH = 4;

  private final ChangegroupVersion version;
  private final Consumer<ByteBuffer> target;
  private final Runnable whenEnded;

  /** The current segment; null before the first. */
  private @Nullable Segment segment;

  private boolean inGroup;
  private boolean ended;
  private @Nullable Node previous;

  /** The bytes that are left of the delta that was started. */
  private long missing;

  /**
   * Makes an encoder.
   *
   * @param version the format
   * @param target gets the bytes as they are written, in many small buffers that are valid during
   *     the call
   */
  public ChangegroupEncoder(ChangegroupVersion version, Consumer<ByteBuffer> target) {
    this(version, target, () -> {});
  }

  ChangegroupEncoder(ChangegroupVersion version, Consumer<ByteBuffer> target, Runnable whenEnded) {
    this.version = version;
    this.target = target;
    this.whenEnded = whenEnded;
  }

  /**
   * Starts the revisions of one revlog.
   *
   * @param path the file, or the directory with a slash at its end; empty for changesets and root
   *     manifests
   * @throws IllegalArgumentException if the segment cannot have that path, or the version does not
   *     have that segment
   */
  public void startGroup(Segment of, ByteString path) {
    requireBetweenGroups();
    if (!of.allows(path)) {
      throw new IllegalArgumentException(of + " have no path " + path);
    }
    if (of == Segment.TREE_MANIFESTS && version != ChangegroupVersion.V03) {
      throw new IllegalArgumentException("only changegroups 03 have tree manifests");
    }
    boolean inOrder =
        switch (of) {
          case CHANGESETS -> segment == null;
          case MANIFESTS -> segment == Segment.CHANGESETS;
          case TREE_MANIFESTS, FILES ->
              segment != null && segment != Segment.CHANGESETS && segment.compareTo(of) <= 0;
        };
    if (!inOrder) {
      throw new IllegalStateException(of + " cannot follow " + segment);
    }
    if (of == Segment.FILES && segment != Segment.FILES) {
      endTreeManifests();
    }
    segment = of;
    inGroup = true;
    previous = null;
    if (of.hasPaths()) {
      ByteBuffer chunk = ByteBuffer.allocate(LENGTH + path.length());
      path.putTo(chunk.putInt(LENGTH + path.length()));
      target.accept(chunk.flip());
    }
  }

  /**
   * Writes a revision.
   *
   * @param delta the delta against {@link DeltaHeader#base()}; its position does not move
   * @throws IllegalArgumentException if the version cannot express the header
   */
  public void revision(DeltaHeader header, ByteBuffer delta) {
    startRevision(header, delta.remaining());
    delta(delta);
  }

  /**
   * Starts a revision whose delta is written with {@link #delta}.
   *
   * @param length the length of the delta in bytes
   * @throws IllegalArgumentException if the version cannot express the header, or the delta is too
   *     long for a chunk
   */
  public void startRevision(DeltaHeader header, int length) {
    requireInGroup();
    int headerLength = version.headerLength();
    if (length < 0 || length > Integer.MAX_VALUE - LENGTH - headerLength) {
      throw new IllegalArgumentException("a delta cannot have " + length + " bytes");
    }
    ByteBuffer chunk = ByteBuffer.allocate(LENGTH + headerLength);
    header.write(chunk.putInt(LENGTH + headerLength + length), version, previous);
    target.accept(chunk.flip());
    previous = header.node();
    missing = length;
  }

  /**
   * Writes more of the delta that was started.
   *
   * @param piece the bytes; its position does not move
   * @throws IllegalArgumentException if that exceeds the announced length
   */
  public void delta(ByteBuffer piece) {
    if (piece.remaining() > missing) {
      throw new IllegalArgumentException(
          piece.remaining() + " bytes for a delta that has only " + missing + " left");
    }
    missing -= piece.remaining();
    target.accept(piece.asReadOnlyBuffer());
  }

  /** Ends the revisions of one revlog. */
  public void endGroup() {
    requireInGroup();
    inGroup = false;
    writeEmptyChunk();
  }

  /** Ends the changegroup. */
  public void end() {
    requireBetweenGroups();
    if (segment == null || segment == Segment.CHANGESETS) {
      throw new IllegalStateException(
          "a changegroup needs a group of changesets and one of manifests, even if empty");
    }
    if (segment != Segment.FILES) {
      endTreeManifests();
    }
    ended = true;
    writeEmptyChunk();
    whenEnded.run();
  }

  private void endTreeManifests() {
    if (version == ChangegroupVersion.V03) {
      writeEmptyChunk();
    }
  }

  private void writeEmptyChunk() {
    target.accept(ByteBuffer.allocate(LENGTH));
  }

  private void requireInGroup() {
    if (!inGroup || missing > 0) {
      throw new IllegalStateException(
          inGroup ? missing + " bytes of a delta are missing" : "no delta group was started");
    }
  }

  private void requireBetweenGroups() {
    if (inGroup || ended) {
      throw new IllegalStateException(
          ended ? "the changegroup was ended" : "a delta group is not ended");
    }
  }
}
