// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of frames, with their codes and their names in the text notation. */
public enum FrameType {
  /** A command request, or a part of one. Client to server. */
  COMMAND_REQUEST(0x01, "command-request", List.of("new", "continuation", "more", "have-data")),
  /** Data for a command. Client to server. */
  COMMAND_DATA(0x02, "command-data", List.of("continuation", "eos")),
  /** A part of the response to a command. Server to client. */
  COMMAND_RESPONSE(0x03, "command-response", List.of("continuation", "eos")),
  /** An error outside of a response. Server to client. */
  ERROR_RESPONSE(0x05, "error-response", List.of()),
  /** Text for people. Server to client. */
  TEXT_OUTPUT(0x06, "text-output", List.of()),
  /** Progress of an operation. Server to client. */
  PROGRESS(0x07, "progress", List.of()),
  /** What the sender understands. Sent before any other frame. */
  SENDER_PROTOCOL_SETTINGS(0x08, "sender-protocol-settings", List.of("continuation", "eos")),
  /** The content encoding of a stream. Sent at its beginning. */
  STREAM_SETTINGS(0x09, "stream-settings", List.of("continuation", "eos"));

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

  @SuppressWarnings("ImmutableEnumChecker") // a List.of
  private final List<String> flagNames;

  FrameType(int code, String wireName, List<String> flagNames) {
    this.code = code;
    this.wireName = wireName;
    this.flagNames = flagNames;
  }

  /** Returns the type with {@code code}, or null if the protocol defines none. */
  public static @Nullable FrameType ofCode(int code) {
    return code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
  }

  /** Returns the type with this name in the text notation, or null if there is none. */
  public static @Nullable FrameType ofWireName(String wireName) {
    for (FrameType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    return null;
  }

  /** Returns the four-bit code. */
  public int code() {
    return code;
  }

  /** Returns the name in the text notation. */
  public String wireName() {
    return wireName;
  }

  /** Returns the names of the defined flags in the text notation, lowest bit first. */
  public List<String> flagNames() {
    return flagNames;
  }

  /**
   * Returns whether a frame of this type may have {@code flags}: exactly one of the lowest two, and
   * none that the protocol does not define.
   */
  public boolean allows(int flags) {
    if (flags >>> flagNames.size() != 0) {
      return false;
    }
    // "0x01 or 0x02 MUST be set to indicate this frame's role in a series of command request
    // frames"; "The 0x01 flag is mutually exclusive with the 0x02 flag" (wireprotocolrpc, Frames).
    // The text does not say the latter about requests and command data, but both flags together are
    // contradictory there, and with neither it is unknown whether more follows.
    return flagNames.isEmpty() || Integer.bitCount(flags & 0x03) == 1;
  }

  /** Returns what {@link #allows} requires, as the rest of a sentence that begins with "flags". */
  public String flagsRule() {
    return flagNames.isEmpty()
        ? "are not defined for " + wireName + " frames"
        : "of "
            + wireName
            + " frames must include exactly one of "
            + flagNames.get(0)
            + " and "
            + flagNames.get(1)
            + (flagNames.size() == 2 ? ", and nothing else" : "");
  }
}
