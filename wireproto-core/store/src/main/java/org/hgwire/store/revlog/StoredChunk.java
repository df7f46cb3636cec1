// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

/**
 * A chunk as it is stored: a range of an array that must not be changed, valid until the next read
 * into it. Not safe for use by several threads.
 */
final class StoredChunk {
  private static final int MAX_KEPT = 256 * 1024;

  private byte[] own = new byte[4096];
  private byte[] bytes = own;
  private int offset;
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Returns the byte at {@code index}, counted from 0. */
  byte at(int index) {
    return bytes[offset + index];
  }

  /** Makes this a range of an array of somebody else. */
  void pointTo(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** Makes this {@code length} bytes of its own array, which is returned to be filled from 0 on. */
  byte[] allocate(int length) {
    if (own.length < length) {
      own = new byte[Math.max(length, Math.min(MAX_KEPT, length * 2))];
    }
    pointTo(own, 0, length);
    return own;
  }

  /** Releases what is not its own, and what is large. */
  void release() {
    if (own.length > MAX_KEPT) {
      own = new byte[4096];
    }
    pointTo(own, 0, 0);
  }
}
