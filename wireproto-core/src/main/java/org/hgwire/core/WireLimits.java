// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

/**
 * Every limit that the core holds a peer to: immutable, finite, in one place.
 *
 * <p>A declared size is checked where it is declared, before anything is buffered for it. Exceeding
 * a limit is {@link WireErrorCode#LIMIT} (or {@link WireErrorCode#DEPTH}), never {@link
 * WireErrorCode#MALFORMED}. With the defaults a client that does its worst makes a reactor hold 16
 * MiB for 8 MiB of half-open requests, one frame, and for each of 16 open streams a window of at
 * most 8 MiB. What a reactor has given out, as the arguments of a command, is its caller's to hold
 * and to bound. A bundle that does its worst makes its decoder hold a window of 128 MiB outside the
 * heap, and less than 1 MiB in it.
 */
public final class WireLimits {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final WireLimits DEFAULTS = new WireLimits(new Builder());

  private final int maxFramePayload;
  private final int emittedFramePayload;
  private final int maxRequestBytes;
  private final int maxRequestFrames;
  private final int maxEmptyRequestFrames;
  private final int maxHalfOpenRequests;
  private final int maxHalfOpenBytes;
  private final int maxActiveRequests;
  private final int maxOpenStreams;
  private final int maxSenderSettingsBytes;
  private final int maxSenderSettingsFrames;
  private final int maxSenderSettingsNames;
  private final int maxStreamSettingsBytes;
  private final int maxStreamSettingsFrames;
  private final long maxCommandData;
  private final int maxCborDepth;
  private final int maxCborItems;
  private final long maxCborBytes;
  private final int wholeByteString;
  private final int maxDecodedSlice;
  private final int maxZstdWindowLog;
  private final int maxTextBytes;
  private final int maxBundleHeader;
  private final int maxBundlePartHeader;
  private final int maxBundleParameters;
  private final int maxBundlePartDepth;
  private final int maxBundleChunk;
  private final int wholeBundleDelta;
  private final int maxBundlePath;
  private final int maxBundleWindowLog;

  private WireLimits(Builder builder) {
    maxFramePayload = builder.maxFramePayload;
    emittedFramePayload = builder.emittedFramePayload;
    maxRequestBytes = builder.maxRequestBytes;
    maxRequestFrames = builder.maxRequestFrames;
    maxEmptyRequestFrames = builder.maxEmptyRequestFrames;
    maxHalfOpenRequests = builder.maxHalfOpenRequests;
    maxHalfOpenBytes = builder.maxHalfOpenBytes;
    maxActiveRequests = builder.maxActiveRequests;
    maxOpenStreams = builder.maxOpenStreams;
    maxSenderSettingsBytes = builder.maxSenderSettingsBytes;
    maxSenderSettingsFrames = builder.maxSenderSettingsFrames;
    maxSenderSettingsNames = builder.maxSenderSettingsNames;
    maxStreamSettingsBytes = builder.maxStreamSettingsBytes;
    maxStreamSettingsFrames = builder.maxStreamSettingsFrames;
    maxCommandData = builder.maxCommandData;
    maxCborDepth = builder.maxCborDepth;
    maxCborItems = builder.maxCborItems;
    maxCborBytes = builder.maxCborBytes;
    wholeByteString = builder.wholeByteString;
    maxDecodedSlice = builder.maxDecodedSlice;
    maxZstdWindowLog = builder.maxZstdWindowLog;
    maxTextBytes = builder.maxTextBytes;
    maxBundleHeader = builder.maxBundleHeader;
    maxBundlePartHeader = builder.maxBundlePartHeader;
    maxBundleParameters = builder.maxBundleParameters;
    maxBundlePartDepth = builder.maxBundlePartDepth;
    maxBundleChunk = builder.maxBundleChunk;
    wholeBundleDelta = builder.wholeBundleDelta;
    maxBundlePath = builder.maxBundlePath;
    maxBundleWindowLog = builder.maxBundleWindowLog;
  }

  /** Returns the default limits. */
  public static WireLimits defaults() {
    return DEFAULTS;
  }

  /** Returns a builder that starts with these limits. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Returns, in bytes, the largest frame payload that is taken; refused from the header, before a
   * byte of it is buffered. Worst case: this much, once a connection, and twice as much in a client
   * for the decoded payload of one text, progress or error frame. The protocol allows more only by
   * agreement (wireprotocolrpc, "Frames").
   */
  public int maxFramePayload() {
    return maxFramePayload;
  }

  /**
   * Returns, in bytes, the largest frame payload that is sent. Worst case: this much, once a stream
   * that is written.
   */
  public int emittedFramePayload() {
    return emittedFramePayload;
  }

  /**
   * Returns, in bytes, the size of one command request, all its frames together; a batch of 100,000
   * nodes takes 2.1 MB.
   */
  public int maxRequestBytes() {
    return maxRequestBytes;
  }

  /** Returns, in frames, the frames of one command request. */
  public int maxRequestFrames() {
    return maxRequestFrames;
  }

  /** Returns, in frames, the frames without payload in one command request. */
  public int maxEmptyRequestFrames() {
    return maxEmptyRequestFrames;
  }

  /**
   * Returns, in requests, the command requests of a connection that have begun and are not
   * complete.
   */
  public int maxHalfOpenRequests() {
    return maxHalfOpenRequests;
  }

  /**
   * Returns, in bytes, what all half-open requests of a connection hold together. Worst case: twice
   * this much, once a connection, as buffers grow by doubling.
   */
  public int maxHalfOpenBytes() {
    return maxHalfOpenBytes;
  }

  /**
   * Returns, in requests, the requests that are being answered; past it reading stops, nothing is
   * refused. The reactor holds nothing of their arguments; who polled them holds up to {@link
   * #maxRequestBytes()} of each, and what {@link #maxCborItems()} says.
   */
  public int maxActiveRequests() {
    return maxActiveRequests;
  }

  /**
   * Returns, in streams, the streams that a peer may have open. Worst case: the window and the
   * buffer of a content decoder each.
   */
  public int maxOpenStreams() {
    return maxOpenStreams;
  }

  /** Returns, in bytes, the size of the sender protocol settings, all frames together. */
  public int maxSenderSettingsBytes() {
    return maxSenderSettingsBytes;
  }

  /** Returns, in frames, the frames of the sender protocol settings. */
  public int maxSenderSettingsFrames() {
    return maxSenderSettingsFrames;
  }

  /** Returns, in names, the content encodings that sender protocol settings may list. */
  public int maxSenderSettingsNames() {
    return maxSenderSettingsNames;
  }

  /** Returns, in bytes, the size of one stream's encoding settings, all frames together. */
  public int maxStreamSettingsBytes() {
    return maxStreamSettingsBytes;
  }

  /** Returns, in frames, the frames of one stream's encoding settings. */
  public int maxStreamSettingsFrames() {
    return maxStreamSettingsFrames;
  }

  /**
   * Returns, in bytes, the data of one command, unless the command says more; it is streamed, never
   * held.
   */
  public long maxCommandData() {
    return maxCommandData;
  }

  /**
   * Returns, in levels, how deep CBOR containers may nest. Worst case: one small object a level.
   */
  public int maxCborDepth() {
    return maxCborDepth;
  }

  /**
   * Returns, in items, the items of one CBOR value, keys and values of maps counted singly. Worst
   * case: about 64 bytes each, and 48 more while an unsorted map or set is being read.
   */
  public int maxCborItems() {
    return maxCborItems;
  }

  /**
   * Returns, in bytes, the encoded size of one CBOR value that is materialised; longer top-level
   * byte strings are streamed. Worst case: twice this much, once a decoder, while a string that
   * came in pieces is copied.
   */
  public long maxCborBytes() {
    return maxCborBytes;
  }

  /**
   * Returns, in bytes, the size up to which a top-level byte string is delivered whole; a longer
   * one comes in pieces.
   */
  public int wholeByteString() {
    return wholeByteString;
  }

  /**
   * Returns, in bytes, what a content decoder gives out at a time. Worst case: this much, once an
   * open stream.
   */
  public int maxDecodedSlice() {
    return maxDecodedSlice;
  }

  /**
   * Returns, in a power of two, the zstd window that is accepted: 2^23 = 8 MiB. Worst case: the
   * window, once an open stream that uses zstd.
   */
  public int maxZstdWindowLog() {
    return maxZstdWindowLog;
  }

  /**
   * Returns, in bytes, the text of one message that is shown to people, after substitution; the
   * rest is cut.
   */
  public int maxTextBytes() {
    return maxTextBytes;
  }

  /**
   * Returns, in bytes, the stream level parameters of an HG20 bundle, as they are quoted. Worst
   * case: this much, once a bundle.
   */
  public int maxBundleHeader() {
    return maxBundleHeader;
  }

  /**
   * Returns, in bytes, the header of one part of a bundle. Worst case: this much, once a bundle.
   */
  public int maxBundlePartHeader() {
    return maxBundlePartHeader;
  }

  /**
   * Returns, in parameters, the stream level parameters of a bundle, and the parameters of one part
   * of it.
   */
  public int maxBundleParameters() {
    return maxBundleParameters;
  }

  /**
   * Returns, in parts, how many parts of a bundle may be open at once, each but the first
   * interrupting another. Worst case: a header and the state of a changegroup each.
   */
  public int maxBundlePartDepth() {
    return maxBundlePartDepth;
  }

  /**
   * Returns, in bytes, one chunk of a bundle: of the payload of a part, or of the delta of a
   * revision. It is streamed, never held.
   */
  public int maxBundleChunk() {
    return maxBundleChunk;
  }

  /**
   * Returns, in bytes, deltas of a changegroup up to this size are delivered whole, longer ones in
   * pieces. Worst case: this much, once an open part.
   */
  public int wholeBundleDelta() {
    return wholeBundleDelta;
  }

  /** Returns, in bytes, a path in a changegroup. Worst case: this much, once an open part. */
  public int maxBundlePath() {
    return maxBundlePath;
  }

  /**
   * Returns, in a power of two, the zstd window that is accepted in a bundle: 2^27 = 128 MiB, what
   * zstd's best level makes and Mercurial reads. Worst case: the window, outside the heap, once a
   * bundle.
   */
  public int maxBundleWindowLog() {
    return maxBundleWindowLog;
  }

  /** Collects changed limits; every limit must be positive. Not safe for use by several threads. */
  public static final class Builder {
    private int maxFramePayload = 65_535;
    private int emittedFramePayload = 32_768;
    private int maxRequestBytes = 4 * MIB;
    private int maxRequestFrames = 8_192;
    private int maxEmptyRequestFrames = 16;
    private int maxHalfOpenRequests = 16;
    private int maxHalfOpenBytes = 8 * MIB;
    private int maxActiveRequests = 100;
    private int maxOpenStreams = 16;
    private int maxSenderSettingsBytes = 64 * KIB;
    private int maxSenderSettingsFrames = 8;
    private int maxSenderSettingsNames = 32;
    private int maxStreamSettingsBytes = 4 * KIB;
    private int maxStreamSettingsFrames = 8;
    private long maxCommandData = 64L * MIB;
    private int maxCborDepth = 32;
    private int maxCborItems = 262_144;
    private long maxCborBytes = 64L * MIB;
    private int wholeByteString = 64 * KIB;
    private int maxDecodedSlice = 256 * KIB;
    private int maxZstdWindowLog = 23;
    private int maxTextBytes = 64 * KIB;
    private int maxBundleHeader = 4 * KIB;
    private int maxBundlePartHeader = 64 * KIB;
    private int maxBundleParameters = 64;
    private int maxBundlePartDepth = 4;
    private int maxBundleChunk = 1024 * MIB;
    private int wholeBundleDelta = 64 * KIB;
    private int maxBundlePath = 32 * KIB;
    private int maxBundleWindowLog = 27;

    private Builder() {}

    private Builder(WireLimits limits) {
      maxFramePayload = limits.maxFramePayload;
      emittedFramePayload = limits.emittedFramePayload;
      maxRequestBytes = limits.maxRequestBytes;
      maxRequestFrames = limits.maxRequestFrames;
      maxEmptyRequestFrames = limits.maxEmptyRequestFrames;
      maxHalfOpenRequests = limits.maxHalfOpenRequests;
      maxHalfOpenBytes = limits.maxHalfOpenBytes;
      maxActiveRequests = limits.maxActiveRequests;
      maxOpenStreams = limits.maxOpenStreams;
      maxSenderSettingsBytes = limits.maxSenderSettingsBytes;
      maxSenderSettingsFrames = limits.maxSenderSettingsFrames;
      maxSenderSettingsNames = limits.maxSenderSettingsNames;
      maxStreamSettingsBytes = limits.maxStreamSettingsBytes;
      maxStreamSettingsFrames = limits.maxStreamSettingsFrames;
      maxCommandData = limits.maxCommandData;
      maxCborDepth = limits.maxCborDepth;
      maxCborItems = limits.maxCborItems;
      maxCborBytes = limits.maxCborBytes;
      wholeByteString = limits.wholeByteString;
      maxDecodedSlice = limits.maxDecodedSlice;
      maxZstdWindowLog = limits.maxZstdWindowLog;
      maxTextBytes = limits.maxTextBytes;
      maxBundleHeader = limits.maxBundleHeader;
      maxBundlePartHeader = limits.maxBundlePartHeader;
      maxBundleParameters = limits.maxBundleParameters;
      maxBundlePartDepth = limits.maxBundlePartDepth;
      maxBundleChunk = limits.maxBundleChunk;
      wholeBundleDelta = limits.wholeBundleDelta;
      maxBundlePath = limits.maxBundlePath;
      maxBundleWindowLog = limits.maxBundleWindowLog;
    }

    /** Sets {@link WireLimits#maxFramePayload()}, in bytes. */
    public Builder maxFramePayload(int maxFramePayload) {
      this.maxFramePayload = between("maxFramePayload", maxFramePayload, 1, 0xff_ffff);
      return this;
    }

    /** Sets {@link WireLimits#emittedFramePayload()}, in bytes. */
    public Builder emittedFramePayload(int emittedFramePayload) {
      this.emittedFramePayload = between("emittedFramePayload", emittedFramePayload, 1, 0xff_ffff);
      return this;
    }

    /** Sets {@link WireLimits#maxRequestBytes()}, in bytes. */
    public Builder maxRequestBytes(int maxRequestBytes) {
      this.maxRequestBytes = (int) positive("maxRequestBytes", maxRequestBytes);
      return this;
    }

    /** Sets {@link WireLimits#maxRequestFrames()}, in frames. */
    public Builder maxRequestFrames(int maxRequestFrames) {
      this.maxRequestFrames = (int) positive("maxRequestFrames", maxRequestFrames);
      return this;
    }

    /** Sets {@link WireLimits#maxEmptyRequestFrames()}, in frames. */
    public Builder maxEmptyRequestFrames(int maxEmptyRequestFrames) {
      this.maxEmptyRequestFrames = (int) positive("maxEmptyRequestFrames", maxEmptyRequestFrames);
      return this;
    }

    /** Sets {@link WireLimits#maxHalfOpenRequests()}, in requests. */
    public Builder maxHalfOpenRequests(int maxHalfOpenRequests) {
      this.maxHalfOpenRequests = (int) positive("maxHalfOpenRequests", maxHalfOpenRequests);
      return this;
    }

    /** Sets {@link WireLimits#maxHalfOpenBytes()}, in bytes. */
    public Builder maxHalfOpenBytes(int maxHalfOpenBytes) {
      this.maxHalfOpenBytes = (int) positive("maxHalfOpenBytes", maxHalfOpenBytes);
      return this;
    }

    /** Sets {@link WireLimits#maxActiveRequests()}, in requests. */
    public Builder maxActiveRequests(int maxActiveRequests) {
      this.maxActiveRequests = (int) positive("maxActiveRequests", maxActiveRequests);
      return this;
    }

    /** Sets {@link WireLimits#maxOpenStreams()}, in streams. */
    public Builder maxOpenStreams(int maxOpenStreams) {
      this.maxOpenStreams = (int) positive("maxOpenStreams", maxOpenStreams);
      return this;
    }

    /** Sets {@link WireLimits#maxSenderSettingsBytes()}, in bytes. */
    public Builder maxSenderSettingsBytes(int maxSenderSettingsBytes) {
      this.maxSenderSettingsBytes =
          (int) positive("maxSenderSettingsBytes", maxSenderSettingsBytes);
      return this;
    }

    /** Sets {@link WireLimits#maxSenderSettingsFrames()}, in frames. */
    public Builder maxSenderSettingsFrames(int maxSenderSettingsFrames) {
      this.maxSenderSettingsFrames =
          (int) positive("maxSenderSettingsFrames", maxSenderSettingsFrames);
      return this;
    }

    /** Sets {@link WireLimits#maxSenderSettingsNames()}, in names. */
    public Builder maxSenderSettingsNames(int maxSenderSettingsNames) {
      this.maxSenderSettingsNames =
          (int) positive("maxSenderSettingsNames", maxSenderSettingsNames);
      return this;
    }

    /** Sets {@link WireLimits#maxStreamSettingsBytes()}, in bytes. */
    public Builder maxStreamSettingsBytes(int maxStreamSettingsBytes) {
      this.maxStreamSettingsBytes =
          (int) positive("maxStreamSettingsBytes", maxStreamSettingsBytes);
      return this;
    }

    /** Sets {@link WireLimits#maxStreamSettingsFrames()}, in frames. */
    public Builder maxStreamSettingsFrames(int maxStreamSettingsFrames) {
      this.maxStreamSettingsFrames =
          (int) positive("maxStreamSettingsFrames", maxStreamSettingsFrames);
      return this;
    }

    /** Sets {@link WireLimits#maxCommandData()}, in bytes. */
    public Builder maxCommandData(long maxCommandData) {
      this.maxCommandData = positive("maxCommandData", maxCommandData);
      return this;
    }

    /** Sets {@link WireLimits#maxCborDepth()}, in levels. */
    public Builder maxCborDepth(int maxCborDepth) {
      this.maxCborDepth = (int) positive("maxCborDepth", maxCborDepth);
      return this;
    }

    /** Sets {@link WireLimits#maxCborItems()}, in items. */
    public Builder maxCborItems(int maxCborItems) {
      this.maxCborItems = (int) positive("maxCborItems", maxCborItems);
      return this;
    }

    /** Sets {@link WireLimits#maxCborBytes()}, in bytes. */
    public Builder maxCborBytes(long maxCborBytes) {
      this.maxCborBytes = positive("maxCborBytes", maxCborBytes);
      return this;
    }

    /** Sets {@link WireLimits#wholeByteString()}, in bytes. */
    public Builder wholeByteString(int wholeByteString) {
      this.wholeByteString = (int) positive("wholeByteString", wholeByteString);
      return this;
    }

    /** Sets {@link WireLimits#maxDecodedSlice()}, in bytes. */
    public Builder maxDecodedSlice(int maxDecodedSlice) {
      this.maxDecodedSlice = (int) positive("maxDecodedSlice", maxDecodedSlice);
      return this;
    }

    /** Sets {@link WireLimits#maxZstdWindowLog()}, in a power of two. */
    public Builder maxZstdWindowLog(int maxZstdWindowLog) {
      this.maxZstdWindowLog = between("maxZstdWindowLog", maxZstdWindowLog, 10, 31);
      return this;
    }

    /** Sets {@link WireLimits#maxTextBytes()}, in bytes. */
    public Builder maxTextBytes(int maxTextBytes) {
      this.maxTextBytes = (int) positive("maxTextBytes", maxTextBytes);
      return this;
    }

    /** Sets {@link WireLimits#maxBundleHeader()}, in bytes. */
    public Builder maxBundleHeader(int maxBundleHeader) {
      this.maxBundleHeader = (int) positive("maxBundleHeader", maxBundleHeader);
      return this;
    }

    /** Sets {@link WireLimits#maxBundlePartHeader()}, in bytes. */
    public Builder maxBundlePartHeader(int maxBundlePartHeader) {
      this.maxBundlePartHeader = (int) positive("maxBundlePartHeader", maxBundlePartHeader);
      return this;
    }

    /** Sets {@link WireLimits#maxBundleParameters()}, in parameters. */
    public Builder maxBundleParameters(int maxBundleParameters) {
      this.maxBundleParameters = (int) positive("maxBundleParameters", maxBundleParameters);
      return this;
    }

    /** Sets {@link WireLimits#maxBundlePartDepth()}, in parts. */
    public Builder maxBundlePartDepth(int maxBundlePartDepth) {
      this.maxBundlePartDepth = (int) positive("maxBundlePartDepth", maxBundlePartDepth);
      return this;
    }

    /** Sets {@link WireLimits#maxBundleChunk()}, in bytes. */
    public Builder maxBundleChunk(int maxBundleChunk) {
      this.maxBundleChunk = (int) positive("maxBundleChunk", maxBundleChunk);
      return this;
    }

    /** Sets {@link WireLimits#wholeBundleDelta()}, in bytes. */
    public Builder wholeBundleDelta(int wholeBundleDelta) {
      this.wholeBundleDelta = (int) positive("wholeBundleDelta", wholeBundleDelta);
      return this;
    }

    /** Sets {@link WireLimits#maxBundlePath()}, in bytes. */
    public Builder maxBundlePath(int maxBundlePath) {
      this.maxBundlePath = (int) positive("maxBundlePath", maxBundlePath);
      return this;
    }

    /** Sets {@link WireLimits#maxBundleWindowLog()}, in a power of two. */
    public Builder maxBundleWindowLog(int maxBundleWindowLog) {
      this.maxBundleWindowLog = between("maxBundleWindowLog", maxBundleWindowLog, 10, 31);
      return this;
    }

    /** Returns the limits. */
    public WireLimits build() {
      return new WireLimits(this);
    }

    private static long positive(String name, long value) {
      if (value <= 0) {
        throw new IllegalArgumentException(name + " must be positive, not " + value);
      }
      return value;
    }

    private static int between(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            name + " must be between " + least + " and " + most + ", not " + value);
      }
      return value;
    }
  }
}
