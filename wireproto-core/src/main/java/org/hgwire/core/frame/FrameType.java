// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import org.jspecify.annotations.Nullable;

/** The types of frames, with their codes and their names in the text notation. */
public enum FrameType {
  /** A command request, or a part of one. Client to server. */
  COMMAND_REQUEST(0x01, "command-request"),
  /** Data for a command. Client to server. */
  COMMAND_DATA(0x02, "command-data"),
  /** A part of the response to a command. Server to client. */
  COMMAND_RESPONSE(0x03, "command-response"),
  /** An error that is not in a response. Server to client. */
  ERROR_RESPONSE(0x05, "error-response"),
  /** Text for people. Server to client. */
  TEXT_OUTPUT(0x06, "text-output"),
  /** Progress of an operation. Server to client. */
  PROGRESS(0x07, "progress"),
  /** What the sender understands; before any other frame. */
  SENDER_PROTOCOL_SETTINGS(0x08, "sender-protocol-settings"),
  /** The content encoding of a stream; at its beginning. */
  STREAM_SETTINGS(0x09, "stream-settings");

  /** {@link #COMMAND_REQUEST}: the first frame of a request. */
  public static final int REQUEST_NEW = 0x01;

  /** {@link #COMMAND_REQUEST}: a later frame of a request. */
  public static final int REQUEST_CONTINUATION = 0x02;

  /** {@link #COMMAND_REQUEST}: more frames of the request follow. */
  public static final int REQUEST_MORE = 0x04;

  /** {@link #COMMAND_REQUEST}: command data follows the request. */
  public static final int REQUEST_HAVE_DATA = 0x08;

  /** Data, response and settings frames: more frames follow. */
  public static final int CONTINUATION = 0x01;

  /** Data, response and settings frames: this is the last one. */
  public static final int EOS = 0x02;

  private static final FrameType[] BY_CODE = new FrameType[16];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final String wireName;

  FrameType(int code, String wireName) {
    this.code = code;
    this.wireName = wireName;
  }

  /** Returns the type with {@code code}, or null if the protocol defines none. */
  public static @Nullable FrameType ofCode(int code) {
    return code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
  }

  /** Returns the four-bit code. */
  public int code() {
    return code;
  }

  /** Returns the name in the text notation. */
  public String wireName() {
    return wireName;
  }
}
