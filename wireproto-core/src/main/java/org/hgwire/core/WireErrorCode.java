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
  /** A limit of {@link WireLimits} was exceeded by input that may well be sound. */
  LIMIT,
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
  /** A frame on a stream that was not begun, or was ended. */
  STREAM_NOT_OPEN,
  /** The beginning of a stream that is open already. */
  STREAM_ALREADY_OPEN,
  /** Sender or stream settings that are empty, repeated, or hold what they may not. */
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
  /** A new request with the id of a request that is still being received or answered. */
  REQUEST_ACTIVE,
  /** A frame for a request that is not being received or not active. */
  REQUEST_INACTIVE,
  /** Command data for a request that announced none, or the announcement changed on the way. */
  COMMAND_DATA,
  /** A command request that is not the map the protocol asks for. */
  BAD_REQUEST,
  /** A response that is not what the protocol or the command promises. */
  BAD_RESPONSE,
  /** The peer answered with an error. */
  PEER_ERROR,

  // Bundles.
  /** A format, a part or a parameter that must be understood and is not known. */
  UNSUPPORTED;

  /** Returns the code as it is printed: lower case, words joined by dashes. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
