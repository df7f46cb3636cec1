// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.Locale;

/**
 * One of the {@link WireLimits}: its name, unit, default, and the values that it may have. The
 * worst case that its default allows is in its description; where there is none, it bounds work and
 * not memory.
 */
public enum WireLimit {
  /**
   * The largest frame payload that is taken; refused from the header, before a byte of it is
   * buffered. Worst case: this much, once a connection, and twice as much in a client for the
   * decoded payload of one text, progress or error frame. The protocol allows more only by
   * agreement (wireprotocolrpc, "Frames").
   */
  MAX_FRAME_PAYLOAD(Unit.BYTES, 65_535, 1, 0xff_ffff),

  /**
   * The largest frame payload that is sent. Worst case: this much, once a stream that is written.
   */
  EMITTED_FRAME_PAYLOAD(Unit.BYTES, 32_768, 1, 0xff_ffff),

  /**
   * The size of one command request, all its frames together; a batch of 100,000 nodes takes 2.1
   * MB.
   */
  MAX_REQUEST_BYTES(Unit.BYTES, 4 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /** The frames of one command request. */
  MAX_REQUEST_FRAMES(Unit.FRAMES, 8_192, 1, Integer.MAX_VALUE),

  /** The frames without payload in one command request. */
  MAX_EMPTY_REQUEST_FRAMES(Unit.FRAMES, 16, 1, Integer.MAX_VALUE),

  /** The command requests of a connection that have begun and are not complete. */
  MAX_HALF_OPEN_REQUESTS(Unit.REQUESTS, 16, 1, Integer.MAX_VALUE),

  /**
   * What all half-open requests of a connection hold together. Worst case: twice this much, once a
   * connection, as buffers grow by doubling.
   */
  MAX_HALF_OPEN_BYTES(Unit.BYTES, 8 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The requests that are being answered; past it reading stops, nothing is refused. The reactor
   * holds nothing of their arguments; who polled them holds up to {@link #MAX_REQUEST_BYTES} of
   * each, and what {@link #MAX_CBOR_ITEMS} says.
   */
  MAX_ACTIVE_REQUESTS(Unit.REQUESTS, 100, 1, Integer.MAX_VALUE),

  /**
   * The streams that a peer may have open. Worst case: the window and the buffer of a content
   * decoder each.
   */
  MAX_OPEN_STREAMS(Unit.STREAMS, 16, 1, Integer.MAX_VALUE),

  /** The size of the sender protocol settings, all frames together. */
  MAX_SENDER_SETTINGS_BYTES(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** The frames of the sender protocol settings. */
  MAX_SENDER_SETTINGS_FRAMES(Unit.FRAMES, 8, 1, Integer.MAX_VALUE),

  /** The content encodings that sender protocol settings may list. */
  MAX_SENDER_SETTINGS_NAMES(Unit.NAMES, 32, 1, Integer.MAX_VALUE),

  /** The size of one stream's encoding settings, all frames together. */
  MAX_STREAM_SETTINGS_BYTES(Unit.BYTES, 4 * 1024, 1, Integer.MAX_VALUE),

  /** The frames of one stream's encoding settings. */
  MAX_STREAM_SETTINGS_FRAMES(Unit.FRAMES, 8, 1, Integer.MAX_VALUE),

  /** The data of one command, unless the command says more; it is streamed, never held. */
  MAX_COMMAND_DATA(Unit.BYTES, 64L * 1024 * 1024, 1, Long.MAX_VALUE),

  /** How deep CBOR containers may nest. Worst case: one small object a level. */
  MAX_CBOR_DEPTH(Unit.LEVELS, 32, 1, Integer.MAX_VALUE),

  /**
   * The items of one CBOR value, keys and values of maps counted singly. Worst case: about 64 bytes
   * each, and 48 more while an unsorted map or set is being read.
   */
  MAX_CBOR_ITEMS(Unit.ITEMS, 262_144, 1, Integer.MAX_VALUE),

  /**
   * The encoded size of one CBOR value that is materialised; longer top-level byte strings are
   * streamed. Worst case: twice this much, once a decoder, while a string that came in pieces is
   * copied.
   */
  MAX_CBOR_BYTES(Unit.BYTES, 64L * 1024 * 1024, 1, Long.MAX_VALUE),

  /**
   * The size up to which a top-level byte string is delivered whole; a longer one comes in pieces.
   */
  WHOLE_BYTE_STRING(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** What a content decoder gives out at a time. Worst case: this much, once an open stream. */
  MAX_DECODED_SLICE(Unit.BYTES, 256 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The zstd window that is accepted: 2^23 = 8 MiB. Worst case: the window, once an open stream
   * that uses zstd.
   */
  MAX_ZSTD_WINDOW_LOG(Unit.POWER_OF_TWO, 23, 10, 31),

  /** The text of one message that is shown to people, after substitution; the rest is cut. */
  MAX_TEXT_BYTES(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The stream level parameters of an HG20 bundle, as they are quoted. Worst case: this much, once
   * a bundle.
   */
  MAX_BUNDLE_HEADER(Unit.BYTES, 4 * 1024, 1, Integer.MAX_VALUE),

  /** The header of one part of a bundle. Worst case: this much, once a bundle. */
  MAX_BUNDLE_PART_HEADER(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** The stream level parameters of a bundle, and the parameters of one part of it. */
  MAX_BUNDLE_PARAMETERS(Unit.PARAMETERS, 64, 1, Integer.MAX_VALUE),

  /**
   * How many parts of a bundle may be open at once, each but the first interrupting another. Worst
   * case: a header and the state of a changegroup each.
   */
  MAX_BUNDLE_PART_DEPTH(Unit.PARTS, 4, 1, Integer.MAX_VALUE),

  /**
   * One chunk of a bundle: of the payload of a part, or of the delta of a revision. It is streamed,
   * never held.
   */
  MAX_BUNDLE_CHUNK(Unit.BYTES, 1024 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /**
   * Deltas of a changegroup up to this size are delivered whole, longer ones in pieces. Worst case:
   * this much, once an open part.
   */
  WHOLE_BUNDLE_DELTA(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** A path in a changegroup. Worst case: this much, once an open part. */
  MAX_BUNDLE_PATH(Unit.BYTES, 32 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The zstd window that is accepted in a bundle: 2^27 = 128 MiB, what zstd's best level makes and
   * Mercurial reads. Worst case: the window, outside the heap, once a bundle.
   */
  MAX_BUNDLE_WINDOW_LOG(Unit.POWER_OF_TWO, 27, 10, 31);

  /** What a limit counts. */
  public enum Unit {
    BYTES("bytes"),
    FRAMES("frames"),
    REQUESTS("requests"),
    STREAMS("streams"),
    NAMES("names"),
    LEVELS("levels"),
    ITEMS("items"),
    PARAMETERS("parameters"),
    PARTS("parts"),
    POWER_OF_TWO("as a power of two");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final Unit unit;
  private final long defaultValue;
  private final long min;
  private final long max;

  WireLimit(Unit unit, long defaultValue, long min, long max) {
    this.unit = unit;
    this.defaultValue = defaultValue;
    this.min = min;
    this.max = max;
  }

  /** Returns what the limit counts. */
  public Unit unit() {
    return unit;
  }

  /** Returns the value of {@link WireLimits#defaults()}. */
  public long defaultValue() {
    return defaultValue;
  }

  /** Returns the least value that the limit may have. */
  public long min() {
    return min;
  }

  /** Returns the greatest value that the limit may have. */
  public long max() {
    return max;
  }

  /**
   * Returns the limit of that name.
   *
   * @param name as {@link #toString} gives it
   * @throws IllegalArgumentException if there is none
   */
  public static WireLimit named(String name) {
    for (WireLimit limit : values()) {
      if (limit.toString().equals(name)) {
        return limit;
      }
    }
    throw new IllegalArgumentException("there is no limit \"" + name + "\"");
  }

  /**
   * Returns {@code value} if the limit may have it.
   *
   * @throws IllegalArgumentException if it may not
   */
  long check(long value) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          this + " must be between " + min + " and " + max + ", not " + value);
    }
    return value;
  }

  /** Returns the name in options and messages, such as {@code max-frame-payload}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
