// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One limit of {@link WireLimits}: its name, unit, default and the values that it may have.
 *
 * <p>Each description ends with the worst case: the memory that a hostile peer can make us use
 * while the limit has its default. A limit without a worst case bounds work, not memory.
 *
 * <p>Most limits are for one peer. Those of a server over all its peers have defaults that a server
 * derives from the size that its heap may grow to ({@code -Xmx}; {@link WireLimits#forHeap}):
 * together they allow three quarters of it, or all of it if every response sends a large delta, and
 * three eighths of its size outside it.
 */
public enum WireLimit {
  /**
   * The payload of one frame that is received. A header that declares more is refused before any
   * payload is buffered. Worst case: this much per connection, and in a client the same again for
   * the decoded payload of a text output, progress or error frame. The protocol allows more than
   * the default only by agreement (wireprotocolrpc, "Frames").
   */
  MAX_FRAME_PAYLOAD(Unit.BYTES, 65_535, 1, 0xff_ffff),

  /** The payload of one frame that is sent. Worst case: this much per outgoing stream. */
  EMITTED_FRAME_PAYLOAD(Unit.BYTES, 32_768, 1, 0xff_ffff),

  /**
   * The size of one command request, all its frames together. A request with 100,000 nodes takes
   * 2.1 MB. Worst case: see {@link #MAX_HALF_OPEN_BYTES}.
   */
  MAX_REQUEST_BYTES(Unit.BYTES, 4 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /** The number of frames of one command request. */
  MAX_REQUEST_FRAMES(Unit.FRAMES, 8_192, 1, Integer.MAX_VALUE),

  /** The number of frames without payload in one command request. */
  MAX_EMPTY_REQUEST_FRAMES(Unit.FRAMES, 16, 1, Integer.MAX_VALUE),

  /**
   * The number of frames in a row that bring nothing of the response that they belong to: without
   * payload, or with one that decodes to nothing. A server that sends them without end would
   * otherwise never be slow enough to be given up.
   */
  MAX_EMPTY_RESPONSE_FRAMES(Unit.FRAMES, 1_024, 1, Integer.MAX_VALUE),

  /**
   * The number of text output and progress frames of a response without any of its data between
   * them. A server that works for hours before it sends data reports its progress less often.
   */
  MAX_SIDE_CHANNEL_FRAMES(Unit.FRAMES, 65_536, 1, Integer.MAX_VALUE),

  /**
   * The number of half-open requests of a connection: command requests that have begun and are
   * incomplete.
   */
  MAX_HALF_OPEN_REQUESTS(Unit.REQUESTS, 16, 1, Integer.MAX_VALUE),

  /**
   * The size of all half-open requests of a connection together. Worst case: twice this much per
   * connection, because buffers grow by doubling.
   */
  MAX_HALF_OPEN_BYTES(Unit.BYTES, 8 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The number of requests of a connection whose response has not ended. At the limit the server
   * stops reading; it refuses nothing. The reactor does not keep arguments of requests. A caller
   * that keeps them holds up to {@link #MAX_REQUEST_BYTES} per request, plus what {@link
   * #MAX_CBOR_ITEMS} says for their decoded form.
   */
  MAX_ACTIVE_REQUESTS(Unit.REQUESTS, 100, 1, Integer.MAX_VALUE),

  /**
   * The number of streams that a peer may have open. Worst case: the window and the buffer of a
   * content decoder per stream.
   */
  MAX_OPEN_STREAMS(Unit.STREAMS, 16, 1, Integer.MAX_VALUE),

  /**
   * The size of the sender protocol settings, all frames together. Worst case: twice this much per
   * connection.
   */
  MAX_SENDER_SETTINGS_BYTES(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** The number of frames of the sender protocol settings. */
  MAX_SENDER_SETTINGS_FRAMES(Unit.FRAMES, 8, 1, Integer.MAX_VALUE),

  /** The number of content encodings that the sender protocol settings may list. */
  MAX_SENDER_SETTINGS_NAMES(Unit.NAMES, 32, 1, Integer.MAX_VALUE),

  /**
   * The size of the encoding settings of one stream, all frames together. Worst case: twice this
   * much per open stream.
   */
  MAX_STREAM_SETTINGS_BYTES(Unit.BYTES, 4 * 1024, 1, Integer.MAX_VALUE),

  /** The number of frames of the encoding settings of one stream. */
  MAX_STREAM_SETTINGS_FRAMES(Unit.FRAMES, 8, 1, Integer.MAX_VALUE),

  /** The data of one command, unless the command allows more. It is streamed, never held. */
  MAX_COMMAND_DATA(Unit.BYTES, 64L * 1024 * 1024, 1, Long.MAX_VALUE),

  /**
   * The arguments of one command of version 1, in the body of a POST request; those in header
   * fields and in the query are limited by the HTTP server. 100,000 nodes take 4.1 MB. Worst case:
   * three times this much per request, within {@link #MAX_HELD_REQUEST_BYTES}.
   */
  MAX_ARGUMENT_BYTES(Unit.BYTES, 4 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /** The number of arguments of one command of version 1. Worst case: 100 bytes for each. */
  MAX_ARGUMENTS(Unit.ARGUMENTS, 64, 1, Integer.MAX_VALUE),

  /** The number of commands in one {@code batch} of version 1. */
  MAX_BATCH_COMMANDS(Unit.COMMANDS, 100, 1, Integer.MAX_VALUE),

  /**
   * The size of the response to one {@code batch} of version 1: enough for the 40 digits of 400,000
   * heads. Worst case: twice this much per response.
   */
  MAX_BATCH_RESPONSE(Unit.BYTES, 16 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /**
   * How many changesets, changed files, entries of manifests and nodes one call of a standard
   * command may make a server look at. A call that exceeds it is refused; until then it works a few
   * thousand of them at a time, in turn with others, and stops when its client goes.
   */
  MAX_EXAMINED_ENTRIES(Unit.ENTRIES, 1L << 28, 1, Long.MAX_VALUE),

  /**
   * The length of one rule of a path filter. Worst case: twice this much while the rule is read,
   * besides the request.
   */
  MAX_PATH_RULE(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** How deep CBOR containers may be nested. Worst case: one small object per level. */
  MAX_CBOR_DEPTH(Unit.LEVELS, 32, 1, Integer.MAX_VALUE),

  /**
   * The number of items of one CBOR value; each key and each value of a map counts as one. Worst
   * case: about 64 bytes per item, and another 48 while an unsorted map or set is being read.
   */
  MAX_CBOR_ITEMS(Unit.ITEMS, 262_144, 1, Integer.MAX_VALUE),

  /**
   * The encoded size of one CBOR value that is held in memory; longer top-level byte strings are
   * streamed. Worst case: twice this much per decoder, while a string that came in pieces is
   * copied.
   */
  MAX_CBOR_BYTES(Unit.BYTES, 64L * 1024 * 1024, 1, Long.MAX_VALUE),

  /**
   * The size up to which a top-level byte string is delivered whole; a longer one is delivered in
   * pieces. Worst case: twice this much per decoder.
   */
  WHOLE_BYTE_STRING(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The size of one slice that a content decoder returns. Worst case: this much per open stream.
   */
  MAX_DECODED_SLICE(Unit.BYTES, 256 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The zstd window that is accepted, 2^23 bytes = 8 MiB. Worst case: the window, outside the heap,
   * per open stream that uses zstd.
   */
  MAX_ZSTD_WINDOW_LOG(Unit.POWER_OF_TWO, 23, 10, 31),

  /**
   * The size of one message for people, with its arguments put in; the rest is cut off. Worst case:
   * about eight times this much while the message is rendered.
   */
  MAX_TEXT_BYTES(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /**
   * How many bytes compressed data may decompress to for each byte of it that was received, beyond
   * {@link #EXPANSION_FLOOR}: data of a stream, or a bundle, parts that are skipped included. zlib
   * reaches 1032; a few bytes of zstd or bzip2 can make terabytes.
   */
  MAX_EXPANSION(Unit.TIMES, 1024, 1, Integer.MAX_VALUE),

  /** The size up to which decompressed data is accepted whatever {@link #MAX_EXPANSION} is. */
  EXPANSION_FLOOR(Unit.BYTES, 64L * 1024 * 1024, 0, Long.MAX_VALUE),

  /** What one compressed stream, or one bundle, may decompress to in all. It is never held. */
  MAX_DECOMPRESSED_BYTES(Unit.BYTES, 256L * 1024 * 1024 * 1024, 1, Long.MAX_VALUE),

  /**
   * How many bytes of texts deltas may make for each byte that was received, beyond {@link
   * #DELTA_EXPANSION_FLOOR}, in one pull or bundle. A delta of 12 bytes makes a text as long as its
   * base. A changeset takes at least about 200 bytes with its manifest and files: the default is
   * then enough for manifests of 80,000 files, and for more where changesets are larger. The
   * manifests that are compared have the same limit.
   */
  MAX_DELTA_EXPANSION(Unit.TIMES, 32_768, 1, Integer.MAX_VALUE),

  /**
   * The size of all texts made from deltas that is accepted whatever {@link #MAX_DELTA_EXPANSION}
   * is.
   */
  DELTA_EXPANSION_FLOOR(Unit.BYTES, 256L * 1024 * 1024, 0, Long.MAX_VALUE),

  /**
   * The length of a text that is made from the deltas of a repository on disk. A longer one is
   * served only if it is stored whole. Default: an eighth of the heap, from 16 MiB to 256 MiB.
   * Worst case: five times this much for each text that is being made, and this much, as long as
   * there is memory, for each open revlog.
   */
  MAX_STORED_TEXT(
      Unit.BYTES,
      HeapShare.fitting(8, 1, 16 * 1024 * 1024, 256 * 1024 * 1024),
      1,
      Integer.MAX_VALUE - 64),

  /**
   * How many deltas of a repository on disk one text may be made from. Mercurial makes chains of a
   * thousand at most, unless it is told otherwise.
   */
  MAX_STORED_CHAIN(Unit.DELTAS, 65_536, 1, Integer.MAX_VALUE),

  /**
   * The revisions of one revlog of a repository on disk. Default: one for each 80 bytes of a
   * quarter of the heap, at least 262,144. Worst case: 80 bytes each, for the changesets and again
   * for the manifests of each repository that is open.
   */
  MAX_STORED_REVISIONS(
      Unit.ENTRIES, HeapShare.fitting(4, 80, 262_144, Integer.MAX_VALUE), 1, Integer.MAX_VALUE),

  /**
   * The files that one changeset of a repository on disk lists. Default: one for each 100 bytes of
   * an eighth of the heap, at least 65,536. Worst case: 100 bytes each, and the lengths of their
   * paths, while the changeset is read.
   */
  MAX_LISTED_FILES(
      Unit.ENTRIES, HeapShare.fitting(8, 100, 65_536, Integer.MAX_VALUE), 1, Integer.MAX_VALUE),

  /**
   * The size of the names that are kept of a repository on disk: of its bookmarks, of its local
   * tags, of its tags, and of its branches, each of the four. Default: 1/32 of the heap, from 4 MiB
   * to 16 MiB. Worst case: about fifteen times this much for each repository that is open, as most
   * names are short.
   */
  MAX_STORED_NAMES(
      Unit.BYTES, HeapShare.fitting(32, 1, 4 * 1024 * 1024, 16 * 1024 * 1024), 1, 16 * 1024 * 1024),

  /**
   * The size of the obsolescence markers of a repository on disk, which are read from the front to
   * the end whenever the repository has changed. Bounds work: a second for each 250 MiB or so.
   */
  MAX_STORED_MARKERS(Unit.BYTES, 256 * 1024 * 1024, 1, Long.MAX_VALUE),

  /**
   * What a server or a content host may send in one HTTP exchange besides the body of the response:
   * status lines, header fields, interim responses, the lines between chunks, trailers, and in
   * HTTP/2 every frame or padding that is not data. Each byte of a body allows 16 more, up to this
   * much. Worst case: about 40 times this much per connection, for header fields of HTTP/2 that
   * take one byte each.
   */
  MAX_HTTP_OVERHEAD(Unit.BYTES, 512 * 1024, 16 * 1024, Integer.MAX_VALUE),

  /**
   * The stream level parameters of an HG20 bundle, in their quoted form. Worst case: this much per
   * bundle.
   */
  MAX_BUNDLE_HEADER(Unit.BYTES, 4 * 1024, 1, Integer.MAX_VALUE),

  /** The header of one part of a bundle. Worst case: this much per bundle. */
  MAX_BUNDLE_PART_HEADER(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** The number of stream level parameters of a bundle, and of parameters of one of its parts. */
  MAX_BUNDLE_PARAMETERS(Unit.PARAMETERS, 64, 1, Integer.MAX_VALUE),

  /**
   * How many parts of a bundle may be open at once, each but the first interrupting another. Worst
   * case: a header and the state of a changegroup per part.
   */
  MAX_BUNDLE_PART_DEPTH(Unit.PARTS, 4, 1, Integer.MAX_VALUE),

  /**
   * One chunk of a bundle: of the payload of a part, or of the delta of a revision. It is streamed,
   * never held.
   */
  MAX_BUNDLE_CHUNK(Unit.BYTES, 1024 * 1024 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The size up to which the delta of a revision in a changegroup is delivered whole; a longer one
   * is delivered in pieces. Worst case: this much per open part.
   */
  WHOLE_BUNDLE_DELTA(Unit.BYTES, 64 * 1024, 1, Integer.MAX_VALUE),

  /** The length of a path in a changegroup. Worst case: this much per open part. */
  MAX_BUNDLE_PATH(Unit.BYTES, 32 * 1024, 1, Integer.MAX_VALUE),

  /**
   * The zstd window that is accepted in a bundle, 2^27 bytes = 128 MiB: what zstd's highest level
   * writes and Mercurial reads. Worst case: the window, outside the heap, per bundle.
   */
  MAX_BUNDLE_WINDOW_LOG(Unit.POWER_OF_TWO, 27, 10, 31),

  /**
   * The connections that a server has open. When one more arrives, the one that has been idle, or
   * has kept the server waiting for a request, the longest is closed; if there is none, no
   * connection is accepted until another ends. Default: one for each 64 KiB of a quarter of the
   * heap, from 64 to 65,536. Worst case: 64 KiB each, with TLS. A servlet container limits its
   * connections itself.
   */
  MAX_CONNECTIONS(
      Unit.CONNECTIONS, HeapShare.fitting(4, 64 * 1024, 64, 65_536), 1, Integer.MAX_VALUE),

  /**
   * The HTTP requests, of all connections of a server, that are being received, wait, or get their
   * responses. One more waits until another ends, and is refused with status 503 if that takes 10
   * s; meanwhile those that keep the server waiting for the rest of the request the longest are
   * refused. Default: one for each 32 KiB of an eighth of the heap, from 128 to 65,536. Worst case:
   * 32 KiB each.
   */
  MAX_OPEN_REQUESTS(
      Unit.REQUESTS, HeapShare.fitting(8, 32 * 1024, 128, 65_536), 1, Integer.MAX_VALUE),

  /**
   * The responses, on all connections of a server, that have begun and are not sent to their ends.
   * One more waits until another ends, and is refused with status 503 if that takes 10 s; meanwhile
   * those that clients have not read from for 2 s are cut, the longest first. Default: one for each
   * 256 KiB of a quarter of the heap, from 16 to 16,384. Worst case: 512 KiB each, with the
   * standard commands: half of it a delta that is being sent, which most responses do not have.
   */
  MAX_RESPONSES(Unit.RESPONSES, HeapShare.fitting(4, 256 * 1024, 16, 16_384), 1, Integer.MAX_VALUE),

  /**
   * The HTTP requests of one connection that may be open at once: the streams of HTTP/2. Default:
   * half of {@link #MAX_RESPONSES}, at most 100.
   */
  MAX_CONNECTION_REQUESTS(
      Unit.REQUESTS, HeapShare.fitting(8, 256 * 1024, 8, 100), 1, Integer.MAX_VALUE),

  /**
   * What command requests hold on a server, all connections together: the bytes of those that are
   * incomplete, twice, and the decoded form of those whose response has not ended. The first 8 KiB
   * of each HTTP request do not count. A request that needs more than is left is refused with
   * status 503. Default: an eighth of the heap, at least 4 MiB. Worst case: this much.
   */
  MAX_HELD_REQUEST_BYTES(Unit.BYTES, HeapShare.bytes(8, 4 * 1024 * 1024), 1, Long.MAX_VALUE),

  /**
   * The memory of content encoders on a server, all connections together; it is outside the heap. A
   * response that needs an encoder when less is left is sent unencoded. Default: a quarter of the
   * size of the heap, at least 16 MiB. Worst case: this much.
   */
  MAX_ENCODER_BYTES(Unit.BYTES, HeapShare.bytes(4, 16 * 1024 * 1024), 0, Long.MAX_VALUE),

  /**
   * The memory of the content decoders for requests on a server, all connections together; it is
   * outside the heap. An encoded request that needs more than is left is refused with status 503.
   * Default: an eighth of the size of the heap, at least 16 MiB. Worst case: this much.
   */
  MAX_DECODER_BYTES(Unit.BYTES, HeapShare.bytes(8, 16 * 1024 * 1024), 0, Long.MAX_VALUE),

  /**
   * The repositories on disk that a server has open, in use or kept open for the next request. For
   * one more, the least recently used one is closed that is not in use; if all are, the request
   * fails. Worst case: what it keeps of its changesets in memory for each, and two open files,
   * besides six for each response that is made from it.
   */
  MAX_OPEN_REPOSITORIES(Unit.REPOSITORIES, 64, 1, Integer.MAX_VALUE);

  /** What a limit counts. */
  public enum Unit {
    /** Bytes. */
    BYTES("bytes"),
    /** Frames. */
    FRAMES("frames"),
    /** Connections. */
    CONNECTIONS("connections"),
    /** Commands. */
    COMMANDS("commands"),
    /** Arguments of a command. */
    ARGUMENTS("arguments"),
    /** Requests: of commands, or of HTTP. */
    REQUESTS("requests"),
    /** Responses. */
    RESPONSES("responses"),
    /** Repositories. */
    REPOSITORIES("repositories"),
    /** Streams of the protocol. */
    STREAMS("streams"),
    /** Names of content encodings. */
    NAMES("names"),
    /** Levels of nesting. */
    LEVELS("levels"),
    /** Deltas. */
    DELTAS("deltas"),
    /** Entries of a repository: changesets, changed files, entries of manifests, nodes. */
    ENTRIES("entries"),
    /** Items of CBOR containers. */
    ITEMS("items"),
    /** Parameters of a bundle or a part. */
    PARAMETERS("parameters"),
    /** Parts of a bundle. */
    PARTS("parts"),
    /** How often a size may contain another. */
    TIMES("times"),
    /** Bytes, given as the exponent of a power of two. */
    POWER_OF_TWO("as a power of two");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    /** Returns the unit for a sentence or a table: {@code bytes}. */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A default that is derived from the size of the heap.
   *
   * @param parts the divisor of the size of the heap
   * @param size what one of the things that are limited needs, in bytes
   */
  private record HeapShare(int parts, int size, long min, long max) {
    static HeapShare bytes(int parts, long min) {
      return new HeapShare(parts, 1, min, Long.MAX_VALUE);
    }

    static HeapShare fitting(int parts, int size, long min, long max) {
      return new HeapShare(parts, size, min, max);
    }

    long of(long heapBytes) {
      return Math.max(min, Math.min(max, heapBytes / parts / size));
    }
  }

  private static final class SmallHeap {
    static final long BYTES = 64L * 1024 * 1024;
  }

  private final Unit unit;
  private final long defaultValue;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final @Nullable HeapShare share;

  private final long min;
  private final long max;

  WireLimit(Unit unit, long defaultValue, long min, long max) {
    this(unit, defaultValue, null, min, max);
  }

  WireLimit(Unit unit, HeapShare share, long min, long max) {
    this(unit, share.of(SmallHeap.BYTES), share, min, max);
  }

  WireLimit(Unit unit, long defaultValue, @Nullable HeapShare share, long min, long max) {
    this.unit = unit;
    this.defaultValue = defaultValue;
    this.share = share;
    this.min = min;
    this.max = max;
  }

  /** Returns what the limit counts. */
  public Unit unit() {
    return unit;
  }

  /** Returns the value in {@link WireLimits#defaults()}. */
  public long defaultValue() {
    return defaultValue;
  }

  /**
   * Returns the default for a process whose heap may grow to {@code heapBytes}: for most limits
   * {@link #defaultValue()}.
   */
  public long defaultValue(long heapBytes) {
    return share == null ? defaultValue : share.of(heapBytes);
  }

  /** Returns the smallest value that the limit may have. */
  public long min() {
    return min;
  }

  /** Returns the largest value that the limit may have. */
  public long max() {
    return max;
  }

  /**
   * Returns the limit with that name.
   *
   * @param name the name that {@link #toString} returns
   * @throws IllegalArgumentException if no limit has that name
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
   * Returns {@code value} if it is allowed for the limit.
   *
   * @throws IllegalArgumentException if it is not
   */
  long check(long value) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          this + " must be between " + min + " and " + max + ", not " + value);
    }
    return value;
  }

  /** Returns the name that options and messages use, such as {@code max-frame-payload}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
