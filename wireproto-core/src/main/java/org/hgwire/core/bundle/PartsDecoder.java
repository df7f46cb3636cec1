// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleEvent.BundleEnded;
import org.hgwire.core.bundle.BundleEvent.PartDataRead;
import org.hgwire.core.bundle.BundleEvent.PartEnded;
import org.hgwire.core.bundle.BundleEvent.PartSkipped;
import org.hgwire.core.bundle.BundleEvent.PartStarted;
import org.jspecify.annotations.Nullable;

/** Decodes the body of an HG20 bundle, decompressed: parts and the end (bundle2, Payload Part). */
final class PartsDecoder extends EventDecoder<BundleEvent> {
  private static final int INTERRUPT = -1;

  private enum State {
    HEADER_SIZE,
    HEADER,
    CHUNK_SIZE,
    CHUNK,
    NOTHING
  }

  /** How the payload of an open part is processed. */
  private enum Payload {
    SKIPPED,
    ACCEPTED,
    CHANGEGROUP
  }

  private record OpenPart(
      PartHeader header, Payload payload, @Nullable ChangegroupDecoder changegroup) {}

  private final WireLimits limits;
  private final KnownParts known;

  /** The part that is being read, followed by the parts that it interrupts. */
  private final Deque<OpenPart> open = new ArrayDeque<>();

  private State state = State.HEADER_SIZE;

  /** The bytes that are left of the header or the chunk. */
  private int missing;

  PartsDecoder(KnownParts known, WireLimits limits) {
    super("the body of the bundle");
    this.known = known;
    this.limits = limits;
  }

  @Override
  boolean isComplete() {
    return state == State.NOTHING;
  }

  @Override
  @Nullable BundleEvent decode() {
    while (true) {
      switch (state) {
        case HEADER_SIZE, CHUNK_SIZE -> {
          ByteBuffer size = input.take(Integer.BYTES);
          if (size == null) {
            return null;
          }
          BundleEvent event =
              state == State.HEADER_SIZE
                  ? readHeaderSize(size.getInt())
                  : readChunkSize(size.getInt());
          if (event != null) {
            return event;
          }
        }
        case HEADER -> {
          ByteBuffer bytes = input.take(missing);
          return bytes == null ? null : start(PartHeader.read(bytes, limits));
        }
        case CHUNK -> {
          BundleEvent event = readChunk(open.element());
          if (event != null || state == State.CHUNK) {
            return event;
          }
        }
        case NOTHING -> {
          requireNothingFollows();
          return null;
        }
      }
    }
  }

  private @Nullable BundleEvent readHeaderSize(int size) {
    // "The special value 0 indicates the end of the bundle2 stream."
    if (size == 0 && open.isEmpty()) {
      state = State.NOTHING;
      return new BundleEnded();
    }
    if (size <= 0) {
      throw fault(WireErrorCode.MALFORMED, "has a part with a header of " + size + " bytes");
    }
    if (size > limits.intOf(WireLimit.MAX_BUNDLE_PART_HEADER)) {
      throw tooLong("a part with a header", size, limits.intOf(WireLimit.MAX_BUNDLE_PART_HEADER));
    }
    missing = size;
    state = State.HEADER;
    return null;
  }

  private BundleEvent start(PartHeader header) {
    state = State.CHUNK_SIZE;
    if (known.accepts(header)) {
      open.push(new OpenPart(header, Payload.ACCEPTED, null));
      return new PartStarted(header);
    }
    Changegroup changegroup = known.changegroup(header);
    if (changegroup == null) {
      open.push(new OpenPart(header, Payload.SKIPPED, null));
      return new PartSkipped(header);
    }
    open.push(
        new OpenPart(header, Payload.CHANGEGROUP, new ChangegroupDecoder(changegroup, limits)));
    return new PartStarted(header);
  }

  private @Nullable BundleEvent readChunkSize(int size) {
    // "A chunk with size 0 denotes the end of the part payload."
    if (size == 0) {
      return end(open.pop());
    }
    // "A chunk size of -1 is used to signal an interrupt. If such a chunk size is seen, the stream
    // processor should process the next bytes as a new payload part."
    if (size == INTERRUPT) {
      if (open.size() == limits.intOf(WireLimit.MAX_BUNDLE_PART_DEPTH)) {
        throw fault(
            WireErrorCode.DEPTH,
            "has a part that interrupts " + open.size() + " others, more than are allowed");
      }
      state = State.HEADER_SIZE;
      return null;
    }
    if (size < 0) {
      throw fault(WireErrorCode.MALFORMED, "has a chunk of " + size + " bytes");
    }
    if (size > limits.intOf(WireLimit.MAX_BUNDLE_CHUNK)) {
      throw tooLong("a chunk", size, limits.intOf(WireLimit.MAX_BUNDLE_CHUNK));
    }
    missing = size;
    state = State.CHUNK;
    return null;
  }

  /**
   * Continues a chunk; returns null when more input is needed or, with another state, at its end.
   */
  private @Nullable BundleEvent readChunk(OpenPart part) {
    ChangegroupDecoder changegroup = part.changegroup();
    while (true) {
      BundleEvent event = changegroup == null ? null : changegroup.poll();
      if (event != null) {
        return event;
      }
      if (missing == 0) {
        state = State.CHUNK_SIZE;
        return null;
      }
      if (!input.hasRemaining()) {
        return null;
      }
      ByteBuffer piece = input.piece(missing);
      missing -= piece.remaining();
      if (part.payload() == Payload.ACCEPTED) {
        return new PartDataRead(piece);
      }
      if (changegroup != null) {
        changegroup.feed(piece);
      }
    }
  }

  private @Nullable BundleEvent end(OpenPart part) {
    ChangegroupDecoder changegroup = part.changegroup();
    if (changegroup != null && !changegroup.isComplete()) {
      throw fault(
          WireErrorCode.MALFORMED, "has a part " + part.header().name() + " that ends too early");
    }
    // "After this payload part, processing of the original, interrupted part should resume."
    state = open.isEmpty() ? State.HEADER_SIZE : State.CHUNK_SIZE;
    return part.payload() == Payload.SKIPPED ? null : new PartEnded(part.header());
  }

  private RuntimeException tooLong(String of, int size, int max) {
    return fault(
        WireErrorCode.LIMIT,
        "has " + of + " of " + size + " bytes, more than the " + max + " that are allowed");
  }
}
