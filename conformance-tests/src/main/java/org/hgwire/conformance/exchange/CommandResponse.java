// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameNotation;
import org.jspecify.annotations.Nullable;

/** The response to one command of version 2, put together from its frames. */
public final class CommandResponse {
  private static final CborBytes OK = CborBytes.utf8("ok");
  private static final CborBytes ERROR = CborBytes.utf8("error");
  private static final CborBytes REDIRECT = CborBytes.utf8("redirect");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable ByteString errorFrame;
  private @Nullable String encoding;
  private boolean ended;

  CommandResponse() {}

  void add(byte[] payload, @Nullable String streamEncoding) {
    bytes.writeBytes(payload);
    encoding = streamEncoding;
  }

  void end() {
    ended = true;
  }

  void fail(byte[] payload) {
    errorFrame = ByteString.copyOf(payload);
    ended = true;
  }

  /** Returns whether its last frame came. */
  public boolean hasEnded() {
    return ended;
  }

  /** Returns the name of the content encoding of its stream, or null if it was not encoded. */
  public @Nullable String encoding() {
    return encoding;
  }

  /** Returns the bytes of its objects, decoded. */
  public ByteString bytes() {
    return ByteString.copyOf(bytes.toByteArray());
  }

  /** Returns the payload of its error frame, or null if it has none. */
  public @Nullable ByteString errorFrame() {
    return errorFrame;
  }

  /**
   * Returns what it says about why it failed, or null if it does not say that it failed: the
   * payload of an error frame, a status of {@code error}, or an error after objects; in the
   * notation of frames.
   */
  public @Nullable String failure() {
    if (errorFrame != null) {
      return FrameNotation.printPayload(errorFrame.asByteBuffer());
    }
    try {
      for (CborValue value : values()) {
        if (value instanceof CborMap map && ERROR.equals(map.get("status"))) {
          return FrameNotation.printPayload(CborEncoder.encode(map).asByteBuffer());
        }
      }
      return null;
    } catch (WireProtocolException malformed) {
      return null;
    }
  }

  /** Returns why this is not a complete response with status {@code ok}, or null if it is one. */
  public @Nullable String incomplete() {
    String failure = failure();
    if (failure != null) {
      return "the command failed: " + failure;
    }
    if (!ended) {
      return "the response does not end";
    }
    try {
      List<CborValue> values = values();
      if (values.isEmpty()) {
        return "the response has no status";
      }
      return values.get(0) instanceof CborMap map && OK.equals(map.get("status"))
          ? null
          : "the response begins with no status of ok";
    } catch (WireProtocolException e) {
      return "the response is malformed: " + e.getMessage();
    }
  }

  /**
   * Returns the objects that follow its status.
   *
   * @throws WireProtocolException if it is malformed
   */
  public List<CborValue> objects() {
    List<CborValue> values = values();
    return values.isEmpty() ? values : values.subList(1, values.size());
  }

  /** Returns whether it has the status {@code redirect}, whatever else it has. */
  public boolean isRedirect() {
    try {
      List<CborValue> values = values();
      return !values.isEmpty()
          && values.get(0) instanceof CborMap map
          && REDIRECT.equals(map.get("status"));
    } catch (WireProtocolException malformed) {
      return false;
    }
  }

  /**
   * Returns the map of its status.
   *
   * @throws WireProtocolException if it is malformed, or does not begin with a map
   */
  public CborMap status() {
    List<CborValue> values = values();
    if (!values.isEmpty() && values.get(0) instanceof CborMap map) {
      return map;
    }
    throw WireProtocolException.connection(
        WireErrorCode.BAD_RESPONSE, "the response has no status");
  }

  private List<CborValue> values() {
    return ObjectSequence.read(bytes());
  }
}
