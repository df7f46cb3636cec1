// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.OpenContainer.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a sequence of top-level CBOR values, fed in pieces of any size.
 *
 * <pre>{@code
 * decoder.feed(input);
 * for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) { … }
 * …
 * decoder.endOfInput();
 * }</pre>
 *
 * <p>It takes the subset of {@code hg help internals.cbor} and nothing else; integers and lengths
 * need not be encoded shortest, and maps and sets need not be sorted. How the input is cut changes
 * nothing but the number of {@link CborEvent.BytesRead} pieces. Errors have the scope of a request
 * and name the offset, in bytes of all that was fed, of the head at fault.
 *
 * <p>Memory: what was received of the value being read, at most {@link WireLimits#maxCborBytes()}
 * and {@link WireLimits#maxCborItems()}; a declared length or count allocates nothing by itself.
 *
 * <p>Not safe for use by several threads.
 */
public final class CborDecoder {
  private static final int SET_TAG = 258;
  private static final int BREAK = 0xff;
  private static final int INDEFINITE = 31;
  private static final int FALSE = 20;
  private static final int TRUE = 21;
  private static final int NULL = 22;

  /** Room for this many bytes of a string is made on the word of its head alone. */
  private static final int TRUSTED = 256;

  /** What comes next in the input. */
  private enum State {
    /** The head of a value. */
    HEAD,
    /** Bytes of a string that is delivered whole. */
    STRING,
    /** Bytes of a definite string that is delivered in pieces. */
    PIECES,
    /** Nothing: the end of a string in pieces is to be delivered. */
    END_OF_PIECES,
    /** The head of a chunk, or the break. */
    CHUNK_HEAD,
    /** Bytes of a chunk. */
    CHUNK
  }

  private final WireLimits limits;
  private final HeadReader head = new HeadReader();
  private State state = State.HEAD;
  private OpenContainer[] open = new OpenContainer[4];
  private int depth;
  private boolean tagged;

  /** Bytes, items of containers, and empty chunks of the current top-level value. */
  private long valueBytes;

  private int valueItems;
  private int emptyChunks;

  private byte[] string = {};
  private int stringFilled;
  private int stringLength;

  /** The bytes that are missing of a string in pieces or a chunk. */
  private long missing;

  private boolean ended;
  private @Nullable WireProtocolException failure;

  /** Makes a decoder that holds its input to {@code limits}. */
  public CborDecoder(WireLimits limits) {
    this.limits = limits;
  }

  /**
   * Gives the decoder its next input: the remaining bytes of {@code input}, whose position does not
   * change. The bytes are read by {@link #poll} and must not change until that has returned null.
   *
   * @throws IllegalStateException if input is left, or the decoder has failed or was ended
   */
  public void feed(ByteBuffer input) {
    if (failure != null) {
      throw new IllegalStateException("the decoder has failed before", failure);
    }
    if (ended) {
      throw new IllegalStateException("the decoder was told that no input follows");
    }
    requireUsedUp();
    head.feed(input);
  }

  /**
   * Returns the next event, or null when the input is used up.
   *
   * @throws WireProtocolException at the first byte that is not sound or exceeds a limit; all
   *     events before it were returned, and every later call throws the same
   */
  public @Nullable CborEvent poll() {
    if (failure != null) {
      throw failure;
    }
    try {
      return next();
    } catch (WireProtocolException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Says that no input follows.
   *
   * @throws WireProtocolException with code TRUNCATED if a value is incomplete, or the failure if
   *     the decoder has failed before
   * @throws IllegalStateException if input is left
   */
  public void endOfInput() {
    if (failure != null) {
      throw failure;
    }
    requireUsedUp();
    ended = true;
    if (insideValue()) {
      failure =
          WireProtocolException.request(
              WireErrorCode.TRUNCATED,
              "the CBOR input ends at byte " + head.position() + ", in the middle of a value");
      throw failure;
    }
  }

  /** Returns whether a value has begun of which events are still to come. */
  public boolean insideValue() {
    return state != State.HEAD || depth > 0 || tagged || head.insideHead();
  }

  /**
   * Decodes exactly one whole value from the remaining bytes of {@code input}, whose position does
   * not change; a convenience for small payloads.
   *
   * @throws WireProtocolException if that is not what {@code input} holds, or the value is a byte
   *     string that {@code limits} do not allow to be delivered whole
   */
  public static CborValue decodeOne(ByteBuffer input, WireLimits limits) {
    CborDecoder decoder = new CborDecoder(limits);
    decoder.feed(input);
    CborEvent event = decoder.poll();
    if (event instanceof CborEvent.ValueRead read) {
      if (decoder.head.remaining() > 0) {
        throw WireProtocolException.request(
            WireErrorCode.MALFORMED,
            "one CBOR value was expected, but bytes follow it at byte " + decoder.head.position());
      }
      return read.value();
    }
    if (event instanceof CborEvent.BytesStarted started) {
      throw started.length() == CborEvent.BytesStarted.INDEFINITE
          ? decoder.malformed("an indefinite byte string where a whole value was expected")
          : decoder.error(
              WireErrorCode.LIMIT,
              "a byte string of "
                  + started.length()
                  + " bytes where a whole value of at most "
                  + limits.wholeByteString()
                  + " was expected");
    }
    throw WireProtocolException.request(
        WireErrorCode.TRUNCATED,
        "the CBOR input ends at byte " + decoder.head.position() + ", before one whole value");
  }

  private void requireUsedUp() {
    if (head.remaining() > 0 || state == State.END_OF_PIECES) {
      throw new IllegalStateException("input is left: call poll() until it returns null");
    }
  }

  private @Nullable CborEvent next() {
    while (true) {
      CborEvent event;
      switch (state) {
        case HEAD -> {
          if (!head.insideHead()) {
            if (!head.begin()) {
              return null;
            }
            checkInitialByte();
          }
          if (!head.finish()) {
            return null;
          }
          event = value();
        }
        case STRING -> {
          if (!fillString()) {
            return null;
          }
          state = State.HEAD;
          event = complete(new CborBytes(takeString()));
        }
        case CHUNK_HEAD -> {
          if (!head.insideHead()) {
            if (!head.begin()) {
              return null;
            }
            checkChunk();
          }
          if (!head.finish()) {
            return null;
          }
          event = chunk();
        }
        case END_OF_PIECES -> {
          state = State.HEAD;
          beginNextValue();
          return new CborEvent.BytesEnded();
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

  /** Refuses all that the initial byte alone gives away. */
  private void checkInitialByte() {
    int major = head.major();
    int info = head.info();
    checkAdditionalInformation(major, info);
    // "All other semantic tag values are not allowed." (cbor, "Type Limitations")
    if (tagged && major != 4) {
      throw malformed("tag 258 on something else than an array");
    }
    if (major == 3) {
      // "Major type 3 (text strings) are NOT supported." (cbor, "Type Limitations")
      throw malformed("a text string, which Mercurial's subset does not have");
    }
    if (major == 6 && info < 25) {
      throw malformed("a tag other than 258");
    }
    if (major == 7 && (info < FALSE || info > NULL)) {
      // "All other simple data type values […] are disallowed." (cbor, "Type Limitations")
      throw malformed("a simple value or float other than false, true and null");
    }
    if (major >= 4 && major <= 6 && !tagged) {
      checkContainer();
    }
    valueBytes += head.size();
    if (valueBytes > limits.maxCborBytes()) {
      throw tooManyBytes();
    }
  }

  private void checkAdditionalInformation(int major, int info) {
    if (info > 27 && info < INDEFINITE) {
      throw malformed("the reserved additional information " + info);
    }
    if (info == INDEFINITE) {
      // "they MUST NOT occur inside a container type […]. i.e. they can only occur as the
      // "top-most" element in a stream of values." (cbor, "Indefinite-Length Byte Strings")
      if (major == 7) {
        throw malformed("a break outside of an indefinite byte string");
      }
      if (major != 2 || depth > 0) {
        throw malformed("an indefinite length, which only a byte string at top level may have");
      }
    }
  }

  private void checkContainer() {
    // "A map MUST only use the following types as keys: […] A set may only use the following types
    // as values: all types supported as map keys" (cbor, "Container Types")
    if (depth > 0 && open[depth - 1].wantsScalar()) {
      throw malformed("an array, set or map as a map key or set member");
    }
    if (depth >= limits.maxCborDepth()) {
      throw error(
          WireErrorCode.DEPTH,
          "containers nested deeper than the limit of " + limits.maxCborDepth() + " levels");
    }
  }

  /** Acts on a whole head. */
  private @Nullable CborEvent value() {
    long argument = head.argument();
    return switch (head.major()) {
      case 0 -> complete(new CborInteger(false, argument));
      case 1 -> complete(new CborInteger(true, argument));
      case 2 -> depth == 0 ? topLevelString(argument) : string(argument);
      case 4 -> {
        Kind kind = tagged ? Kind.SET : Kind.ARRAY;
        tagged = false;
        yield container(kind, argument, 1);
      }
      case 5 -> container(Kind.MAP, argument, 2);
      case 6 -> {
        if (argument != SET_TAG) {
          throw malformed("a tag other than 258");
        }
        tagged = true;
        yield null;
      }
      default -> complete(simple(head.info()));
    };
  }

  private static CborValue simple(int info) {
    return info == NULL ? CborNull.NULL : CborBoolean.of(info == TRUE);
  }

  private @Nullable CborEvent container(Kind kind, long declared, int itemsEach) {
    int left = limits.maxCborItems() - valueItems;
    if (Long.compareUnsigned(declared, left / itemsEach) > 0) {
      throw error(
          WireErrorCode.LIMIT,
          "more items in one value than the limit of " + limits.maxCborItems());
    }
    int items = (int) declared * itemsEach;
    valueItems += items;
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
    }
    OpenContainer container = open[depth];
    if (container == null) {
      container = new OpenContainer();
      open[depth] = container;
    }
    container.open(kind, items);
    depth++;
    return items == 0 ? closeFull(container) : null;
  }

  private @Nullable CborEvent complete(CborValue value) {
    if (depth == 0) {
      beginNextValue();
      return new CborEvent.ValueRead(value);
    }
    OpenContainer container = open[depth - 1];
    if (!container.add(value)) {
      throw container.kind() == Kind.MAP
          ? error(WireErrorCode.DUPLICATE_KEY, "a map key that the map has already")
          : error(WireErrorCode.DUPLICATE_MEMBER, "a member that the set has already");
    }
    return container.isFull() ? closeFull(container) : null;
  }

  /** Closes the innermost container, which is full, and all that are full with it. */
  private @Nullable CborEvent closeFull(OpenContainer innermost) {
    OpenContainer container = innermost;
    CborValue value = container.close();
    depth--;
    while (depth > 0) {
      container = open[depth - 1];
      container.add(value);
      if (!container.isFull()) {
        return null;
      }
      value = container.close();
      depth--;
    }
    beginNextValue();
    return new CborEvent.ValueRead(value);
  }

  private void beginNextValue() {
    valueBytes = 0;
    valueItems = 0;
    emptyChunks = 0;
  }

  private @Nullable CborEvent topLevelString(long length) {
    if (head.info() == INDEFINITE) {
      state = State.CHUNK_HEAD;
      return new CborEvent.BytesStarted(CborEvent.BytesStarted.INDEFINITE);
    }
    requireLong(length);
    if (length > limits.wholeByteString() || length > limits.maxCborBytes() - valueBytes) {
      missing = length;
      state = State.PIECES;
      return new CborEvent.BytesStarted(length);
    }
    return string(length);
  }

  private @Nullable CborEvent string(long length) {
    // A length of 2^63 or more is negative.
    if (length < 0
        || length > limits.maxCborBytes() - valueBytes
        || length > Integer.MAX_VALUE - 8) {
      throw tooManyBytes();
    }
    valueBytes += length;
    stringLength = (int) length;
    if (head.remaining() >= length) {
      return complete(new CborBytes(head.copy(stringLength)));
    }
    string = new byte[Math.min(stringLength, Math.max(TRUSTED, head.remaining()))];
    stringFilled = 0;
    state = State.STRING;
    return null;
  }

  /** Copies what there is of a string; returns whether it is whole. */
  private boolean fillString() {
    int available = Math.min(head.remaining(), stringLength - stringFilled);
    if (stringFilled + available > string.length) {
      long room = Math.max(string.length * 2L, (long) stringFilled + available);
      string = Arrays.copyOf(string, (int) Math.min(stringLength, room));
    }
    head.copy(string, stringFilled, available);
    stringFilled += available;
    return stringFilled == stringLength;
  }

  private ByteString takeString() {
    ByteString whole = ByteString.copyOf(string, 0, stringLength);
    string = new byte[0];
    return whole;
  }

  /** Refuses all that the initial byte alone of a chunk gives away. */
  private void checkChunk() {
    if (head.initial() == BREAK) {
      return;
    }
    if (head.major() != 2 || head.info() == INDEFINITE) {
      throw error(
          WireErrorCode.CHUNK_TYPE,
          "a chunk of an indefinite byte string that is not a definite byte string");
    }
    checkAdditionalInformation(2, head.info());
  }

  private @Nullable CborEvent chunk() {
    if (head.initial() == BREAK) {
      state = State.HEAD;
      beginNextValue();
      return new CborEvent.BytesEnded();
    }
    requireLong(head.argument());
    missing = head.argument();
    if (missing > 0) {
      state = State.CHUNK;
      return null;
    }
    if (emptyChunks == limits.maxCborItems()) {
      throw error(
          WireErrorCode.LIMIT,
          "more empty chunks in one byte string than the limit of "
              + limits.maxCborItems()
              + " items");
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

  private void requireLong(long length) {
    if (length < 0) {
      throw error(WireErrorCode.LIMIT, "a byte string of 2^63 bytes or more");
    }
  }

  private WireProtocolException tooManyBytes() {
    return error(
        WireErrorCode.LIMIT,
        "a value that takes more than the limit of " + limits.maxCborBytes() + " bytes");
  }

  private WireProtocolException malformed(String what) {
    return error(WireErrorCode.MALFORMED, what);
  }

  private WireProtocolException error(WireErrorCode code, String what) {
    return WireProtocolException.request(code, "CBOR at byte " + head.offset() + ": " + what);
  }
}
