// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.hgwire.client.HttpTransport;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/**
 * A response that was read to its end.
 *
 * @param head what came
 * @param status the status code that our client gets
 * @param type the media type that it gets
 * @param bytes the body that it gets
 * @param cut how the body ended if HTTP did not end it, or null
 */
record ReceivedResponse(
    HttpTransport.Response head,
    int status,
    String type,
    ByteString bytes,
    @Nullable IOException cut) {
  private static final int MAX_KEPT = 4 << 20;
  private static final int PIECE = 8192;

  /** Reads a response, however long it is; the first of it is kept. */
  static ReceivedResponse read(HttpTransport.Response response) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    IOException cut = null;
    byte[] piece = new byte[PIECE];
    try {
      for (int read = 0; read >= 0; read = response.body().read(piece)) {
        if (all.size() < MAX_KEPT) {
          all.write(piece, 0, read);
        }
      }
    } catch (IOException e) {
      cut = e;
    }
    String type = Objects.requireNonNullElse(response.header("Content-Type"), "");
    return new ReceivedResponse(
        response, response.status(), type, ByteString.copyOf(all.toByteArray()), cut);
  }

  /** Reads a response as far as its body has no more bytes than {@code max}. */
  static ReceivedResponse readUpTo(HttpTransport.Response response, long max) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    IOException cut = null;
    byte[] piece = new byte[PIECE];
    try {
      for (int read = 0; read >= 0 && all.size() < max; ) {
        read = response.body().read(piece, 0, (int) Math.min(PIECE, max - all.size()));
        all.write(piece, 0, Math.max(read, 0));
      }
    } catch (IOException e) {
      cut = e;
    }
    String type = Objects.requireNonNullElse(response.header("Content-Type"), "");
    return new ReceivedResponse(
        response, response.status(), type, ByteString.copyOf(all.toByteArray()), cut);
  }

  /** Reads what is there of a body, and takes that for all. */
  static ReceivedResponse readOnce(HttpTransport.Response response) throws IOException {
    byte[] piece = new byte[1 << 16];
    int read = response.body().read(piece);
    String type = Objects.requireNonNullElse(response.header("Content-Type"), "");
    return new ReceivedResponse(
        response, response.status(), type, ByteString.copyOf(piece, 0, Math.max(read, 0)), null);
  }

  boolean isFramed() {
    return type.equals(HttpV2Api.FRAMING_MEDIA_TYPE);
  }

  boolean isHandshake() {
    return type.equals(HttpV2Api.CBOR_MEDIA_TYPE);
  }

  ReceivedResponse withStatus(int other) {
    return new ReceivedResponse(head, other, type, bytes, cut);
  }

  ReceivedResponse withType(String other) {
    return new ReceivedResponse(head, status, other, bytes, cut);
  }

  ReceivedResponse withBytes(ByteString other) {
    return new ReceivedResponse(head, status, type, other, cut);
  }

  /** Returns this response as if its end were where the connection ended. */
  ReceivedResponse uncut() {
    return new ReceivedResponse(head, status, type, bytes, null);
  }

  /** Returns this response with other frames. */
  ReceivedResponse withFrames(UnaryOperator<List<RawFrame>> change) {
    return isFramed() ? withBytes(RawFrame.encode(change.apply(RawFrame.parse(bytes)))) : this;
  }

  /** Returns this response with other objects, of each request in one frame. */
  ReceivedResponse withObjects(UnaryOperator<ByteString> change) {
    return withFrames(
        frames -> {
          Map<Integer, ByteArrayOutputStream> objects = new LinkedHashMap<>();
          Map<Integer, RawFrame> first = new LinkedHashMap<>();
          Map<Integer, RawFrame> last = new LinkedHashMap<>();
          List<RawFrame> changed = new ArrayList<>();
          for (RawFrame frame : frames) {
            if (frame.type() != FrameType.COMMAND_RESPONSE.code()) {
              changed.add(frame);
              continue;
            }
            objects
                .computeIfAbsent(frame.request(), id -> new ByteArrayOutputStream())
                .writeBytes(frame.payload().toByteArray());
            first.putIfAbsent(frame.request(), frame);
            last.put(frame.request(), frame);
          }
          objects.forEach(
              (request, payload) ->
                  changed.add(
                      Objects.requireNonNull(first.get(request))
                          .withFlags(Objects.requireNonNull(last.get(request)).flags())
                          .withPayload(change.apply(ByteString.copyOf(payload.toByteArray())))));
          return changed;
        });
  }

  /** Returns the response that our client gets. */
  HttpTransport.Response toResponse() {
    return new FaultyResponse(this);
  }
}
