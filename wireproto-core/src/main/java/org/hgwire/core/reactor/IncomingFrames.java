// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FramePiece;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.jspecify.annotations.Nullable;

/**
 * Reads the input of a reactor: bytes into frames, frames onto their streams, payloads through the
 * content decoder of the stream, in the pieces in which they arrive. Each call does one small step,
 * so that only what is being polled is held.
 *
 * @param <E> the events of the reactor
 */
final class IncomingFrames<E> implements AutoCloseable {
  private enum Ending {
    OPEN,
    ANNOUNCED,
    ENDED,
    FAILED,
    CLOSED
  }

  /** What is to be done with a frame. */
  private enum Step {
    /** The rest of its payload has not arrived. */
    WAIT,
    PLAIN_PAYLOAD,
    ENCODED_PAYLOAD,
    /** The payload cannot be decoded. */
    DROP,
    END
  }

  private final FrameDecoder decoder;
  private final IncomingStreams streams;
  private final FrameHandler<E> handler;
  private Ending ending = Ending.OPEN;
  private @Nullable Current current;

  IncomingFrames(WireLimits limits, IncomingStreams streams, FrameHandler<E> handler) {
    this.decoder = new FrameDecoder(limits);
    this.streams = streams;
    this.handler = handler;
  }

  /** The frame that is being read, and the piece of it that has arrived last. */
  private static final class Current {
    private final FrameType type;
    private final IncomingStream stream;
    private FramePiece piece;
    private Step step = Step.PLAIN_PAYLOAD;

    Current(FramePiece piece, FrameType type, IncomingStream stream) {
      this.piece = piece;
      this.type = type;
      this.stream = stream;
    }

    FrameHeader header() {
      return piece.header();
    }

    /** Does what follows a piece of the payload. */
    void pieceRead() {
      step = piece.isLast() ? Step.END : Step.WAIT;
    }
  }

  /** Returns whether input may still be received. */
  boolean isOpen() {
    return ending == Ending.OPEN;
  }

  void receive(ByteBuffer input) {
    if (ending != Ending.OPEN) {
      throw new IllegalStateException(
          "the input has failed or was ended, or the reactor is closed");
    }
    Current frame = current;
    if (frame != null && frame.step != Step.WAIT) {
      throw new IllegalStateException("input is left: call poll() until it returns null");
    }
    decoder.feed(input);
  }

  void endOfInput() {
    if (ending == Ending.OPEN) {
      ending = Ending.ANNOUNCED;
    }
  }

  @Nullable E poll() {
    while (true) {
      E found = handler.pollEvent();
      if (found != null) {
        return found;
      }
      if (ending == Ending.CLOSED || ending == Ending.ENDED || ending == Ending.FAILED) {
        return null;
      }
      try {
        Current frame = current;
        if ((frame == null || frame.step == Step.WAIT) && !nextPiece(frame)) {
          return null;
        }
        E event = advance();
        if (event != null) {
          return event;
        }
      } catch (WireProtocolException fault) {
        ending = Ending.FAILED;
        current = null;
        handler.inputFailed(fault);
      }
    }
  }

  /** Reads the next piece or ends the input; returns false if neither is possible yet. */
  private boolean nextPiece(@Nullable Current waiting) {
    FramePiece piece = decoder.poll();
    if (piece == null) {
      return ending == Ending.ANNOUNCED && end();
    }
    Current frame = waiting == null ? start(piece) : waiting;
    frame.piece = piece;
    frame.step = Step.PLAIN_PAYLOAD;
    if (frame.header().hasStreamFlag(StreamFlags.ENCODED)) {
      decodeNext(frame);
    }
    return true;
  }

  private Current start(FramePiece piece) {
    FrameHeader header = piece.header();
    FrameType type = FrameType.ofCode(header.typeCode());
    if (type == null) {
      throw Faults.of(WireErrorCode.FRAME_TYPE, header, "is of a type that is not defined");
    }
    if (!type.allows(header.flags())) {
      throw Faults.of(
          WireErrorCode.FRAME_FLAGS,
          header,
          "has the flags " + header.flags() + ": flags " + type.flagsRule());
    }
    IncomingStream stream = streams.frameStarted(header, type);
    handler.frameStarted(header, type, stream);
    Current started = new Current(piece, type, stream);
    current = started;
    return started;
  }

  private boolean end() {
    decoder.endOfInput();
    IncomingStream partial = streams.receivingSettings();
    if (partial != null) {
      throw WireProtocolException.connection(
          WireErrorCode.TRUNCATED,
          "the input ended in the middle of the settings of stream " + partial.id());
    }
    handler.inputEnded();
    ending = Ending.ENDED;
    return true;
  }

  private void decodeNext(Current frame) {
    WireProtocolException fault = frame.stream.fault();
    ContentDecoder content = frame.stream.decoder();
    if (fault != null) {
      frame.step = Step.DROP;
      if (frame.piece.isFirst()) {
        handler.streamFailed(frame.stream, fault);
      }
    } else if (content != null) {
      frame.step = Step.ENCODED_PAYLOAD;
      content.feed(frame.piece.payload());
    }
  }

  /** Does one step of the current frame; returns its event, or null. */
  private @Nullable E advance() {
    Current frame = current;
    if (frame == null) {
      return null;
    }
    switch (frame.step) {
      case PLAIN_PAYLOAD -> {
        frame.pieceRead();
        return deliver(frame, frame.piece.payload());
      }
      case DROP -> {
        frame.pieceRead();
        return null;
      }
      case ENCODED_PAYLOAD -> {
        ByteBuffer decoded = decode(frame);
        if (decoded != null) {
          return deliver(frame, decoded);
        }
        frame.pieceRead();
        return null;
      }
      default -> {
        current = null;
        handler.frameEnded(frame.header(), frame.type);
        streams.frameEnded(frame.header(), frame.stream);
        return null;
      }
    }
  }

  private @Nullable E deliver(Current frame, ByteBuffer piece) {
    if (frame.type == FrameType.STREAM_SETTINGS) {
      frame.stream.settingsRead(frame.header(), piece, frame.piece.isLast());
      return null;
    }
    return piece.hasRemaining() ? handler.payloadRead(frame.header(), frame.type, piece) : null;
  }

  private @Nullable ByteBuffer decode(Current frame) {
    ContentDecoder content = frame.stream.decoder();
    if (content == null) {
      return null;
    }
    try {
      return content.poll();
    } catch (WireProtocolException fault) {
      WireProtocolException scoped =
          new WireProtocolException(
              fault.code(),
              ErrorScope.STREAM,
              fault.origin(),
              "stream " + frame.stream.id() + ": " + fault.getMessage());
      frame.stream.corrupt(scoped);
      handler.streamFailed(frame.stream, scoped);
      return null;
    }
  }

  @Override
  public void close() {
    ending = Ending.CLOSED;
    current = null;
    streams.close();
  }
}
