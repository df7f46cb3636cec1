// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.jspecify.annotations.Nullable;

/** The streams that the peer has open (wireprotocolrpc, Stream States and Flags). */
final class IncomingStreams implements AutoCloseable {
  /** The role of the peer, which decides the stream ids that it may use. */
  private enum Peer {
    CLIENT,
    SERVER
  }

  private final WireLimits limits;
  private final ContentEncodings encodings;
  private final Peer peer;
  private final HeldBytes held;
  private final ByteBudget decoders;
  private final Map<Integer, IncomingStream> open = new TreeMap<>();

  private IncomingStreams(
      WireLimits limits,
      ContentEncodings encodings,
      Peer peer,
      HeldBytes held,
      ByteBudget decoders) {
    this.limits = limits;
    this.encodings = encodings;
    this.peer = peer;
    this.held = held;
    this.decoders = decoders;
  }

  /** Returns the streams of a client, whose settings and decoders come out of these budgets. */
  static IncomingStreams ofClient(
      WireLimits limits, ContentEncodings encodings, HeldBytes held, ByteBudget decoders) {
    return new IncomingStreams(limits, encodings, Peer.CLIENT, held, decoders);
  }

  /** Returns the streams of a server. */
  static IncomingStreams ofServer(WireLimits limits, ContentEncodings encodings) {
    ByteBudget unlimited = ByteBudget.unlimited();
    return new IncomingStreams(limits, encodings, Peer.SERVER, new HeldBytes(unlimited), unlimited);
  }

  /** Returns the stream of a frame, which the frame may begin, and checks the frame against it. */
  IncomingStream frameStarted(FrameHeader header, FrameType type) {
    if ((header.streamFlags() & ~StreamFlags.DEFINED) != 0) {
      throw Faults.of(
          WireErrorCode.STREAM_FLAGS,
          header,
          "has undefined stream flags: " + header.streamFlags());
    }
    // "Odd numbered IDs are client-initiated. Even numbered IDs are server-initiated." No valid
    // peer uses stream 0.
    boolean odd = (header.streamId() & 1) == 1;
    if (odd != (peer == Peer.CLIENT) || header.streamId() == 0) {
      throw Faults.of(WireErrorCode.STREAM_ID, header, "is on a stream its sender may not use");
    }
    IncomingStream stream = open.get(header.streamId());
    if (stream == null) {
      stream = begin(header);
    } else if (header.hasStreamFlag(StreamFlags.BEGIN)
        && !(type == FrameType.STREAM_SETTINGS && stream.receivesSettings())) {
      throw Faults.of(
          WireErrorCode.STREAM_ALREADY_OPEN, header, "begins a stream that is open already");
    }
    stream.frameStarted(header, type);
    return stream;
  }

  private IncomingStream begin(FrameHeader header) {
    // "If a frame attached to a closed stream arrives, that frame MUST have an appropriate stream
    // flag set indicating beginning of stream."
    if (!header.hasStreamFlag(StreamFlags.BEGIN)) {
      throw Faults.of(WireErrorCode.STREAM_NOT_OPEN, header, "is on a stream that is not open");
    }
    if (open.size() >= limits.intOf(WireLimit.MAX_OPEN_STREAMS)) {
      throw Faults.limit("the number of open streams", limits.intOf(WireLimit.MAX_OPEN_STREAMS));
    }
    IncomingStream stream =
        new IncomingStream(
            header.streamId(), limits, encodings, peer == Peer.SERVER, held, decoders);
    open.put(header.streamId(), stream);
    return stream;
  }

  /** Closes the stream of a frame with the end flag: "the Stream ID […] becomes closed". */
  void frameEnded(FrameHeader header, IncomingStream stream) {
    if (header.hasStreamFlag(StreamFlags.END)) {
      if (stream.receivesSettings()) {
        throw Faults.of(
            WireErrorCode.SETTINGS, header, "ends its stream in the middle of stream settings");
      }
      open.remove(stream.id());
      stream.close();
    }
  }

  /** Removes a request from all streams. */
  void forgetRequest(int requestId) {
    for (IncomingStream stream : open.values()) {
      stream.requests().remove(requestId);
    }
  }

  /** Returns a stream whose settings are incomplete, or null. */
  @Nullable IncomingStream receivingSettings() {
    for (IncomingStream stream : open.values()) {
      if (stream.receivesSettings()) {
        return stream;
      }
    }
    return null;
  }

  @Override
  public void close() {
    open.values().forEach(IncomingStream::close);
    open.clear();
  }
}
