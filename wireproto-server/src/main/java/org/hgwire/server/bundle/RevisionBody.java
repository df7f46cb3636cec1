// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ChangegroupEncoder;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** What is sent of a revision: a delta in memory, or one that replaces the base with a text. */
final class RevisionBody implements Closeable {
  /** How much is written at a time. */
  private static final int PIECE = 32 * 1024;

  private static final int HUNK_HEADER = 12;

  private final Node base;
  private final ByteBuffer hunks;
  private final @Nullable InputStream text;
  private @Nullable StoredDelta delta;
  private int textLeft;

  private RevisionBody(Node base, ByteBuffer hunks, @Nullable InputStream text, int textLeft) {
    this.base = base;
    this.hunks = hunks;
    this.text = text;
    this.textLeft = textLeft;
  }

  /** Returns a delta. */
  static RevisionBody of(StoredDelta delta) {
    RevisionBody body = new RevisionBody(delta.base(), delta.hunks().asByteBuffer(), null, 0);
    body.delta = delta;
    return body;
  }

  /** Returns the delta that is sent, or null if it is the text. */
  @Nullable StoredDelta delta() {
    return delta;
  }

  /** Returns the replacement of all of a base by a text. */
  static RevisionBody replacing(DeltaBase base, ByteString text) {
    ByteBuffer hunk = ByteBuffer.allocate(HUNK_HEADER + text.length());
    putHeader(hunk, base, text.length());
    text.putTo(hunk);
    return new RevisionBody(base.node(), hunk.flip(), null, 0);
  }

  /**
   * Reads the text of a revision as the replacement of all of a base.
   *
   * @throws IOException if the repository cannot be read
   */
  static RevisionBody holding(DeltaBase base, StoredRevision revision) throws IOException {
    int size = (int) revision.size();
    ByteBuffer hunk = ByteBuffer.allocate(HUNK_HEADER + size);
    putHeader(hunk, base, size);
    try (InputStream input = revision.open()) {
      if (input.readNBytes(hunk.array(), HUNK_HEADER, size) < size || input.read() >= 0) {
        throw new IOException(
            "the text of " + revision.node() + " does not have the declared " + size + " bytes");
      }
    }
    return new RevisionBody(base.node(), hunk.rewind(), null, 0);
  }

  /** Returns the text of a body that was made by {@link #holding}. */
  ByteBuffer text() {
    return hunks.slice(HUNK_HEADER, hunks.limit() - HUNK_HEADER);
  }

  /**
   * Opens the text of a revision as the replacement of all of a base.
   *
   * @throws IOException if the repository cannot be read, or the text is too long for a changegroup
   */
  static RevisionBody replacing(DeltaBase base, StoredRevision revision) throws IOException {
    long size = revision.size();
    if (size > Integer.MAX_VALUE - 2 * PIECE) {
      throw new IOException(
          "the revision "
              + revision.node()
              + " has "
              + size
              + " bytes, more than a changegroup can have");
    }
    ByteBuffer hunk = ByteBuffer.allocate(HUNK_HEADER);
    putHeader(hunk, base, (int) size);
    return new RevisionBody(base.node(), hunk.flip(), revision.open(), (int) size);
  }

  private static void putHeader(ByteBuffer hunk, DeltaBase base, int length) {
    hunk.putInt(0).putInt(base.length()).putInt(length);
  }

  /** Writes the header of the revision. */
  void start(ChangegroupEncoder encoder, StoredRevision revision, Node link, int flags) {
    encoder.startRevision(
        new DeltaHeader(
            revision.node(),
            new Parents(revision.parent1(), revision.parent2()),
            base,
            link,
            flags),
        hunks.remaining() + textLeft);
  }

  /**
   * Writes a piece, and returns whether that was the last.
   *
   * @throws IOException if the repository cannot be read
   */
  boolean write(ChangegroupEncoder encoder) throws IOException {
    if (hunks.hasRemaining()) {
      int length = Math.min(hunks.remaining(), PIECE);
      encoder.delta(hunks.slice(hunks.position(), length));
      hunks.position(hunks.position() + length);
    } else if (text != null && textLeft > 0) {
      byte[] piece = text.readNBytes(Math.min(textLeft, PIECE));
      if (piece.length == 0) {
        throw new IOException(
            "a text of the repository is " + textLeft + " bytes shorter than its size");
      }
      encoder.delta(ByteBuffer.wrap(piece));
      textLeft -= piece.length;
    }
    return !hunks.hasRemaining() && textLeft == 0;
  }

  @Override
  public void close() throws IOException {
    if (text != null) {
      text.close();
    }
  }
}
