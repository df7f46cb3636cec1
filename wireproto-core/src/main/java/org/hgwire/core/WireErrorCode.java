// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.Locale;

/** What kind of fault a {@link WireProtocolException} reports. */
public enum WireErrorCode {
  // Values.
  /** Bytes that the grammar does not allow. */
  MALFORMED,
  /** The input ended in the middle of something. */
  TRUNCATED,
  /** A limit of {@link WireLimits} was exceeded; the input may be valid otherwise. */
  LIMIT,
  /**
   * What all peers together may hold was reached. This peer is not at fault: the same may succeed
   * later.
   */
  OVERLOADED,
  /** Containers nested deeper than the limit. */
  DEPTH,
  /** A map with the same key twice. */
  DUPLICATE_KEY,
  /** A set with the same member twice. */
  DUPLICATE_MEMBER,
  /** A chunk of an indefinite byte string that is not a definite byte string. */
  CHUNK_TYPE,

  // Frames and streams.
  /** A frame type that the protocol does not define. */
  FRAME_TYPE,
  /** Frame flags that are undefined, contradictory or missing for their frame type. */
  FRAME_FLAGS,
  /** Undefined stream flags. */
  STREAM_FLAGS,
  /** A stream id that this side of the exchange may not use. */
  STREAM_ID,
  /** A frame on a stream that has not begun or has ended. */
  STREAM_NOT_OPEN,
  /** The beginning of a stream that is already open. */
  STREAM_ALREADY_OPEN,
  /** Sender or stream settings that are empty, repeated or have invalid content. */
  SETTINGS,
  /** A content encoding that was not offered, or is unknown. */
  ENCODING_UNKNOWN,
  /** Bytes that the stream's content encoding cannot decode. */
  ENCODING_CORRUPT,

  // Requests and responses.
  /** A frame that is not allowed in this state of the exchange. */
  UNEXPECTED_FRAME,
  /** A request id that this side of the exchange may not use. */
  REQUEST_ID,
  /** A new request with the id of a request that is still active. */
  REQUEST_ACTIVE,
  /** A frame for a request that is neither being received nor active. */
  REQUEST_INACTIVE,
  /**
   * Command data for a request that announced none, or an announcement that changed between frames.
   */
  COMMAND_DATA,
  /** A command request that is not the map that the protocol requires. */
  BAD_REQUEST,
  /** A response that is not what the protocol or the command promises. */
  BAD_RESPONSE,
  /** The peer responded with an error. */
  PEER_ERROR,

  // Bundles.
  /** A format, part or parameter that must be understood and is unknown. */
  UNSUPPORTED;

  /** Returns the code for logs and messages: lower case, with dashes. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
