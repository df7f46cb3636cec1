// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

/**
 * Follows the frames of an HTTP/2 connection (RFC 9113, section 4.1) and counts the bytes of data
 * among them. Not safe for use by several threads.
 */
final class FrameScanner {
  private static final int HEADER_LENGTH = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int PUSH_PROMISE = 5;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;

  private int headerRead;
  private int length;
  private int type;
  private int flags;
  private int rest;
  private int padding;
  private boolean padLengthNext;
  private boolean headerBlockOpen;
  private boolean headOpen;
  private long completed;
  private long heads;

  /** Passes the next bytes of the connection, and returns how many of them are data. */
  int scan(byte[] bytes, int offset, int count) {
    int data = 0;
    int at = offset;
    int end = offset + count;
    while (at < end) {
      if (headerRead < HEADER_LENGTH) {
        headerByte(bytes[at++] & 0xff);
      } else if (padLengthNext) {
        padLengthNext = false;
        padding = bytes[at++] & 0xff;
        rest--;
      } else {
        int part = Math.min(rest, end - at);
        if (type == DATA) {
          data += Math.max(0, Math.min(part, rest - padding));
        }
        at += part;
        rest -= part;
      }
      if (headerRead == HEADER_LENGTH && rest == 0) {
        frameEnded();
      }
    }
    return data;
  }

  private void headerByte(int value) {
    switch (headerRead++) {
      case 0, 1, 2 -> length = (length << 8 | value) & 0xff_ffff;
      case 3 -> type = value;
      case 4 -> flags = value;
      default -> {
        // The stream: of no interest.
      }
    }
    if (headerRead == HEADER_LENGTH) {
      rest = length;
      padding = 0;
      padLengthNext = type == DATA && (flags & PADDED) != 0 && rest > 0;
    }
  }

  private void frameEnded() {
    if (type == HEADERS) {
      headOpen = (flags & END_STREAM) == 0;
    }
    if (type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION) {
      headerBlockOpen = (flags & END_HEADERS) == 0;
      if (headOpen && !headerBlockOpen) {
        headOpen = false;
        heads++;
      }
    }
    headerRead = 0;
    length = 0;
    completed += headerBlockOpen ? 0 : 1;
  }

  /** Returns whether a frame or a block of header fields has begun and is not complete. */
  boolean isInside() {
    return headerRead > 0 || headerBlockOpen;
  }

  /**
   * Returns how many heads were completed, of responses with a body and of interim responses:
   * blocks of header fields that do not end their stream.
   */
  long heads() {
    return heads;
  }

  /** Returns how many frames were completed, a block of header fields counted as one. */
  long completed() {
    return completed;
  }
}
