// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.ChangegroupEvent.ChangegroupEnded;
import org.hgwire.core.bundle.ChangegroupEvent.ChangegroupStarted;
import org.hgwire.core.bundle.ChangegroupEvent.DeltaGroupEnded;
import org.hgwire.core.bundle.ChangegroupEvent.DeltaGroupStarted;
import org.hgwire.core.bundle.ChangegroupEvent.DeltaRead;
import org.hgwire.core.bundle.ChangegroupEvent.RevisionEnded;
import org.hgwire.core.bundle.ChangegroupEvent.RevisionRead;
import org.hgwire.core.bundle.ChangegroupEvent.RevisionStarted;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one changegroup, fed in pieces of any size ({@code hg help internals.changegroups}).
 *
 * <p>It splits the changegroup into revisions and checks only its framing. Whether deltas are valid
 * and produce the texts of their nodes is for the caller to check, which has the bases. Errors have
 * the scope of a request.
 *
 * <p>Memory: a path, and a delta of at most {@link WireLimit#WHOLE_BUNDLE_DELTA} bytes if it spans
 * several inputs. Not safe for use by several threads.
 */
public final class ChangegroupDecoder extends EventDecoder<ChangegroupEvent> {
  /** The size of the length field of a chunk, which counts "including the length field itself". */
  private static final int LENGTH = 4;

  private enum State {
    START,
    GROUP_START,
    REVISION_LENGTH,
    REVISION_HEADER,
    WHOLE_DELTA,
    PIECES,
    END_OF_PIECES,
    PATH_LENGTH,
    PATH,
    END,
    NOTHING
  }

  private final Changegroup changegroup;
  private final WireLimits limits;
  private State state = State.START;
  private Segment segment = Segment.CHANGESETS;

  /** The previous revision in the delta group. */
  private @Nullable Node previous;

  private @Nullable DeltaHeader header;

  /** The bytes that are left of the path or the delta. */
  private int missing;

  /** Makes a decoder that enforces {@code limits}. */
  public ChangegroupDecoder(Changegroup changegroup, WireLimits limits) {
    super("the changegroup");
    this.changegroup = changegroup;
    this.limits = limits;
  }

  @Override
  boolean isComplete() {
    return state == State.NOTHING;
  }

  @Override
  @Nullable ChangegroupEvent decode() {
    while (true) {
      switch (state) {
        case START -> {
          state = State.GROUP_START;
          return new ChangegroupStarted(changegroup);
        }
        case GROUP_START -> {
          return startGroup(ByteString.empty());
        }
        case REVISION_LENGTH, PATH_LENGTH -> {
          ByteBuffer length = input.take(LENGTH);
          if (length == null) {
            return null;
          }
          if (state == State.PATH_LENGTH) {
            readPathLength(length.getInt());
          } else if (!readRevisionLength(length.getInt())) {
            return endGroup();
          }
        }
        case PATH -> {
          ByteBuffer path = input.take(missing);
          return path == null ? null : startGroup(checked(ByteString.copyOf(path)));
        }
        case REVISION_HEADER -> {
          ByteBuffer bytes = input.take(changegroup.version().headerLength());
          if (bytes == null) {
            return null;
          }
          DeltaHeader read = DeltaHeader.read(bytes, changegroup.version(), previous);
          header = read;
          previous = read.node();
          if (missing > limits.intOf(WireLimit.WHOLE_BUNDLE_DELTA)) {
            state = State.PIECES;
            return new RevisionStarted(read, missing);
          }
          state = State.WHOLE_DELTA;
        }
        case WHOLE_DELTA -> {
          return wholeDelta();
        }
        case PIECES -> {
          if (!input.hasRemaining()) {
            return null;
          }
          ByteBuffer piece = input.piece(missing);
          missing -= piece.remaining();
          state = missing == 0 ? State.END_OF_PIECES : State.PIECES;
          return new DeltaRead(piece);
        }
        case END_OF_PIECES -> {
          state = State.REVISION_LENGTH;
          return new RevisionEnded();
        }
        case END -> {
          state = State.NOTHING;
          return new ChangegroupEnded();
        }
        case NOTHING -> {
          requireNothingFollows();
          return null;
        }
      }
    }
  }

  private ChangegroupEvent startGroup(ByteString path) {
    state = State.REVISION_LENGTH;
    previous = null;
    return new DeltaGroupStarted(segment, path);
  }

  /** Reads the length of a chunk in a delta group; returns whether it holds a revision. */
  private boolean readRevisionLength(int length) {
    // "Delta groups consist of 0 or more chunks followed by the empty chunk to signal the end of
    // the delta group".
    if (length == 0) {
      return false;
    }
    // "The delta data consists of chunklen - 4 - headerlen bytes".
    int headerLength = changegroup.version().headerLength();
    if (length < LENGTH + headerLength) {
      throw fault(
          WireErrorCode.MALFORMED,
          "has a chunk of " + length + " bytes, but a delta header has " + headerLength);
    }
    missing = length - LENGTH - headerLength;
    if (missing > limits.intOf(WireLimit.MAX_BUNDLE_CHUNK)) {
      throw fault(
          WireErrorCode.LIMIT,
          "has a delta of "
              + missing
              + " bytes, more than the "
              + limits.intOf(WireLimit.MAX_BUNDLE_CHUNK)
              + " that are allowed");
    }
    state = State.REVISION_HEADER;
    return true;
  }

  private @Nullable ChangegroupEvent wholeDelta() {
    DeltaHeader current = header;
    ByteBuffer delta = input.take(missing);
    if (delta == null || current == null) {
      return null;
    }
    state = State.REVISION_LENGTH;
    return new RevisionRead(current, delta);
  }

  private ChangegroupEvent endGroup() {
    switch (segment) {
      case CHANGESETS -> {
        segment = Segment.MANIFESTS;
        state = State.GROUP_START;
      }
      case MANIFESTS -> {
        // The text has the segment of tree manifests "only if the 'treemanifest' param is part of
        // the bundle2 changegroup part"; Mercurial writes and reads it in every changegroup 03,
        // which is followed here.
        segment =
            changegroup.version() == ChangegroupVersion.V03
                ? Segment.TREE_MANIFESTS
                : Segment.FILES;
        state = State.PATH_LENGTH;
      }
      case TREE_MANIFESTS, FILES -> state = State.PATH_LENGTH;
    }
    return new DeltaGroupEnded();
  }

  private void readPathLength(int length) {
    // "The final filelog sub-segment is followed by an empty chunk (logically, a sub-segment with
    // filename size 0)."
    if (length == 0) {
      state = segment == Segment.FILES ? State.END : State.PATH_LENGTH;
      segment = Segment.FILES;
      return;
    }
    if (length <= LENGTH) {
      throw fault(WireErrorCode.MALFORMED, "has a chunk of " + length + " bytes instead of a path");
    }
    missing = length - LENGTH;
    if (missing > limits.intOf(WireLimit.MAX_BUNDLE_PATH)) {
      throw fault(
          WireErrorCode.LIMIT,
          "has a path of "
              + missing
              + " bytes, more than the "
              + limits.intOf(WireLimit.MAX_BUNDLE_PATH)
              + " that are allowed");
    }
    state = State.PATH;
  }

  private ByteString checked(ByteString path) {
    if (!segment.allows(path)) {
      throw fault(
          WireErrorCode.MALFORMED, "has the path " + path + ", which is invalid for " + segment);
    }
    return path;
  }
}
