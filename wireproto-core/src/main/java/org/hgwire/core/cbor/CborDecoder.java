// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.OpenContainer.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a sequence of top-level CBOR values, fed in pieces of any size.
 *
 * <p>It accepts the subset of {@code hg help internals.cbor} and nothing else; integers and lengths
 * need not have their shortest encoding, and maps and sets need not be sorted. How the input is cut
 * changes only the number of {@link CborEvent.BytesRead} pieces. Errors have the scope of a request
 * and name the offset, in all the bytes that were fed, of the head at fault.
 *
 * <p>Memory: what was received of the current value, at most {@link WireLimit#MAX_CBOR_BYTES} and
 * {@link WireLimit#MAX_CBOR_ITEMS}. A declared length or count alone allocates nothing.
 */
public final class CborDecoder extends IncrementalDecoder<CborEvent> {
  private static final int SET_TAG = 258;

  /** What comes next in the input. */
  private enum State {
    /** The head of a value. */
    HEAD,
    /** Bytes of a string that is delivered whole. */
    STRING,
    /** Bytes of a definite string that is delivered in pieces. */
    PIECES,
    /** No input: the end of a string in pieces is delivered next. */
    END_OF_PIECES,
    /** The head of a chunk, or the break. */
    CHUNK_HEAD,
    /** Bytes of a chunk. */
    CHUNK
  }

  private final long maxBytes;
  private final int maxItems;
  private final int maxWhole;
  private final HeadReader head = new HeadReader();
  private final ContainerStack containers;
  private final StringAssembler string = new StringAssembler();
  private State state = State.HEAD;
  private boolean tagged;

  /** The bytes of the current top-level value so far. */
  private long valueBytes;

  /** The empty chunks of the current top-level byte string so far. */
  private int emptyChunks;

  /** The bytes that are left of a string in pieces or a chunk. */
  private long missing;

  /** Makes a decoder that enforces {@code limits}. */
  public CborDecoder(WireLimits limits) {
    maxBytes = limits.of(WireLimit.MAX_CBOR_BYTES);
    maxItems = limits.intOf(WireLimit.MAX_CBOR_ITEMS);
    maxWhole = limits.intOf(WireLimit.WHOLE_BYTE_STRING);
    containers = new ContainerStack(head, limits);
  }

  @Override
  protected void accept(ByteBuffer input) {
    head.feed(input);
  }

  @Override
  protected boolean hasInput() {
    return head.remaining() > 0 || state == State.END_OF_PIECES;
  }

  @Override
  protected void finish() {
    if (insideValue()) {
      throw WireProtocolException.request(
          WireErrorCode.TRUNCATED,
          "the CBOR input ends at byte " + head.position() + ", in the middle of a value");
    }
  }

  /** Returns whether a value has begun and is incomplete. */
  public boolean insideValue() {
    return state != State.HEAD || !containers.isEmpty() || tagged || head.insideHead();
  }

  /**
   * Decodes exactly one whole value from the remaining bytes of {@code input}, whose position does
   * not change; a convenience for small payloads.
   *
   * @throws WireProtocolException if {@code input} is not exactly one value, or the value is a byte
   *     string that {@code limits} do not allow to be delivered whole
   */
  public static CborValue decodeOne(ByteBuffer input, WireLimits limits) {
    CborDecoder decoder = new CborDecoder(limits);
    decoder.feed(input);
    return SingleValue.of(decoder.poll(), decoder.head, limits);
  }

  @Override
  protected @Nullable CborEvent next() {
    while (true) {
      CborEvent event;
      switch (state) {
        case HEAD -> {
          if (!readHead()) {
            return null;
          }
          event = value();
        }
        case STRING -> {
          if (!string.fill(head)) {
            return null;
          }
          state = State.HEAD;
          event = delivered(containers.add(new CborBytes(string.take())));
        }
        case CHUNK_HEAD -> {
          if (!readHead()) {
            return null;
          }
          event = chunk();
        }
        case END_OF_PIECES -> {
          return endOfPieces();
        }
        default -> {
          return piece();
        }
      }
      if (event != null) {
        return event;
      }
    }
  }

  /** Reads the current head as far as possible; returns false if more input is needed. */
  private boolean readHead() {
    if (!head.insideHead()) {
      if (!head.begin()) {
        return false;
      }
      if (state == State.CHUNK_HEAD) {
        InitialByte.checkChunk(head);
      } else {
        checkInitialByte();
      }
    }
    return head.finish();
  }

  private void checkInitialByte() {
    InitialByte.checkValue(head, tagged, containers.isEmpty());
    int major = head.major();
    if (major >= 4 && major <= 6 && !tagged) {
      containers.checkContainer();
    }
    valueBytes += head.size();
    if (valueBytes > maxBytes) {
      throw tooManyBytes();
    }
  }

  /** Processes the complete head of a value. */
  private @Nullable CborEvent value() {
    long argument = head.argument();
    return switch (head.major()) {
      case 0 -> delivered(containers.add(new CborInteger(false, argument)));
      case 1 -> delivered(containers.add(new CborInteger(true, argument)));
      case 2 -> containers.isEmpty() ? topLevelString(argument) : string(argument);
      case 4 -> {
        Kind kind = tagged ? Kind.SET : Kind.ARRAY;
        tagged = false;
        yield delivered(containers.open(kind, argument));
      }
      case 5 -> delivered(containers.open(Kind.MAP, argument));
      case 6 -> {
        if (argument != SET_TAG) {
          throw head.malformed("a tag other than 258");
        }
        tagged = true;
        yield null;
      }
      default -> delivered(containers.add(simple(head.info())));
    };
  }

  private static CborValue simple(int info) {
    return info == InitialByte.NULL ? CborNull.NULL : CborBoolean.of(info == InitialByte.TRUE);
  }

  /** Returns the event of a top-level value, or null if there is none yet. */
  private @Nullable CborEvent delivered(@Nullable CborValue topLevel) {
    if (topLevel == null) {
      return null;
    }
    valueBytes = 0;
    return new CborEvent.ValueRead(topLevel);
  }

  private @Nullable CborEvent topLevelString(long length) {
    if (head.info() == InitialByte.INDEFINITE) {
      state = State.CHUNK_HEAD;
      return new CborEvent.BytesStarted(CborEvent.BytesStarted.INDEFINITE);
    }
    requireLong(length);
    if (length > maxWhole || length > maxBytes - valueBytes) {
      missing = length;
      state = State.PIECES;
      return new CborEvent.BytesStarted(length);
    }
    return string(length);
  }

  private @Nullable CborEvent string(long length) {
    // A length of 2^63 or more is negative.
    if (length < 0 || length > maxBytes - valueBytes || length > Integer.MAX_VALUE - 8) {
      throw tooManyBytes();
    }
    valueBytes += length;
    if (head.remaining() >= length) {
      return delivered(containers.add(new CborBytes(head.copy((int) length))));
    }
    string.begin((int) length, head.remaining());
    state = State.STRING;
    return null;
  }

  /** Processes the complete head of a chunk, or the break. */
  private @Nullable CborEvent chunk() {
    if (head.initial() == InitialByte.BREAK) {
      return endOfPieces();
    }
    requireLong(head.argument());
    missing = head.argument();
    if (missing > 0) {
      state = State.CHUNK;
      return null;
    }
    if (emptyChunks == maxItems) {
      throw head.fault(
          WireErrorCode.LIMIT,
          "more empty chunks in one byte string than the limit of " + maxItems + " items");
    }
    emptyChunks++;
    return new CborEvent.BytesRead(head.slice(0), true);
  }

  private @Nullable CborEvent piece() {
    int length = (int) Math.min(missing, head.remaining());
    if (length == 0) {
      return null;
    }
    missing -= length;
    if (missing == 0) {
      state = state == State.CHUNK ? State.CHUNK_HEAD : State.END_OF_PIECES;
    }
    return new CborEvent.BytesRead(head.slice(length), missing == 0);
  }

  private CborEvent endOfPieces() {
    state = State.HEAD;
    valueBytes = 0;
    emptyChunks = 0;
    return new CborEvent.BytesEnded();
  }

  private void requireLong(long length) {
    if (length < 0) {
      throw head.fault(WireErrorCode.LIMIT, "a byte string of 2^63 bytes or more");
    }
  }

  private WireProtocolException tooManyBytes() {
    return head.fault(
        WireErrorCode.LIMIT, "a value of more than the limit of " + maxBytes + " bytes");
  }
}
