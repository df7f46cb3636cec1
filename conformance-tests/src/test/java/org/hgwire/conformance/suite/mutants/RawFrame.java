// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.StreamFlags;

/**
 * A frame that is taken as it is, or bytes that are none.
 *
 * @param request the id of the request
 * @param stream the id of the stream
 * @param streamFlags the flags of the stream
 * @param type the code of the type; -1 for bytes that are no frame
 * @param flags the flags of the type
 * @param payload the payload, or those bytes
 */
public record RawFrame(
    int request, int stream, int streamFlags, int type, int flags, ByteString payload) {
  /** Reads as many frames as there are, and the rest as it is. */
  public static List<RawFrame> parse(ByteString body) {
    List<RawFrame> frames = new ArrayList<>();
    int at = 0;
    while (body.length() - at >= FrameHeader.BYTES) {
      FrameHeader header =
          FrameHeader.read(
              ByteBuffer.wrap(body.substring(at, at + FrameHeader.BYTES).toByteArray()));
      int end = at + FrameHeader.BYTES + header.payloadLength();
      if (end > body.length()) {
        break;
      }
      frames.add(
          new RawFrame(
              header.requestId(),
              header.streamId(),
              header.streamFlags(),
              header.typeCode(),
              header.flags(),
              body.substring(at + FrameHeader.BYTES, end)));
      at = end;
    }
    if (at < body.length()) {
      frames.add(new RawFrame(0, 0, 0, -1, 0, body.substring(at, body.length())));
    }
    return frames;
  }

  /** Returns the bytes of frames. */
  public static ByteString encode(List<RawFrame> frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (RawFrame frame : frames) {
      if (frame.type >= 0) {
        ByteBuffer header = ByteBuffer.allocate(FrameHeader.BYTES);
        new FrameHeader(
                frame.payload.length(),
                frame.request,
                frame.stream,
                frame.streamFlags,
                frame.type,
                frame.flags)
            .write(header);
        bytes.writeBytes(header.array());
      }
      bytes.writeBytes(frame.payload.toByteArray());
    }
    return ByteString.copyOf(bytes.toByteArray());
  }

  /** Returns a change of each frame. */
  public static UnaryOperator<List<RawFrame>> each(UnaryOperator<RawFrame> change) {
    return frames ->
        frames.stream().map(next -> next.type() < 0 ? next : change.apply(next)).toList();
  }

  /** Returns whether there is a frame that meets a condition. */
  public static Predicate<List<RawFrame>> any(Predicate<RawFrame> condition) {
    return frames -> frames.stream().anyMatch(next -> next.type() >= 0 && condition.test(next));
  }

  /** Returns whether all bits of {@code mask} are set in the flags of the stream. */
  public boolean onStream(int mask) {
    return (streamFlags & mask) == mask;
  }

  /** Returns whether the frame is of a type and has all flags of {@code mask}. */
  public boolean is(int code, int mask) {
    return type == code && (flags & mask) == mask;
  }

  /** Returns this frame with another request id. */
  public RawFrame withRequest(int other) {
    return new RawFrame(other, stream, streamFlags, type, flags, payload);
  }

  /** Returns this frame with another stream id. */
  public RawFrame withStream(int other) {
    return new RawFrame(request, other, streamFlags, type, flags, payload);
  }

  /** Returns this frame with other flags of the stream. */
  public RawFrame withStreamFlags(int other) {
    return new RawFrame(request, stream, other, type, flags, payload);
  }

  /** Returns this frame with another type. */
  public RawFrame withType(int other) {
    return new RawFrame(request, stream, streamFlags, other, flags, payload);
  }

  /** Returns this frame with other flags of its type. */
  public RawFrame withFlags(int other) {
    return new RawFrame(request, stream, streamFlags, type, other, payload);
  }

  /** Returns this frame with another payload. */
  public RawFrame withPayload(ByteString other) {
    return new RawFrame(request, stream, streamFlags, type, flags, other);
  }

  /** Returns the frames up to the first that ends a stream. */
  public static List<RawFrame> toTheFirstEnd(List<RawFrame> frames) {
    List<RawFrame> before = new ArrayList<>();
    for (RawFrame next : frames) {
      before.add(next);
      if (next.onStream(StreamFlags.END)) {
        break;
      }
    }
    return before;
  }

  /** Returns whether a stream begins that has begun. */
  public static boolean beginsAgain(List<RawFrame> frames) {
    Set<Integer> begun = new HashSet<>();
    return any(next -> next.onStream(StreamFlags.BEGIN) && !begun.add(next.stream())).test(frames);
  }
}
