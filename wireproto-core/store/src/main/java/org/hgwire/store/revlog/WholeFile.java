// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

/** A file that was read whole; nothing is open. */
final class WholeFile implements RevlogData {
  /** A file without content. */
  static final WholeFile EMPTY = new WholeFile(new byte[0]);

  private final byte[] bytes;

  /**
   * Makes a file.
   *
   * @param bytes its content; not copied
   */
  WholeFile(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public boolean read(long position, int length, StoredChunk into) {
    if (position > bytes.length - length) {
      return false;
    }
    into.pointTo(bytes, (int) position, length);
    return true;
  }

  @Override
  public void close() {}
}
