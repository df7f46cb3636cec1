// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The files of a repository that a transaction writes: each is recorded before. */
final class JournaledFiles {
  private final Path hg;
  private final Path store;
  private final Journal journal;
  private final StoreWrites writes;
  private boolean ended;

  JournaledFiles(Path hg, Path store) {
    this.hg = hg;
    this.store = store;
    this.journal = new Journal(hg, store);
    this.writes = new StoreWrites(store);
  }

  /** Returns the directory of the store. */
  Path store() {
    return store;
  }

  /** Returns whether something was written. */
  boolean hasBegun() {
    return journal.hasBegun();
  }

  /** Refuses all writes from now on. */
  void end() {
    ended = true;
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
  }

  /**
   * Writes to a file at its end.
   *
   * @param name the name that the journal has for it
   * @param at the length of the file
   * @param before the length that it had before the transaction; if it is {@code at}, these are the
   *     first bytes
   */
  void append(String name, Path file, ByteBuffer bytes, long at, long before) throws IOException {
    requireOpen();
    if (at == before) {
      writes.unshare(file);
      journal.append(name, before);
      if (StoreWrites.length(file) > before) {
        StoreWrites.truncate(file, before);
      }
    }
    StoreWrites.write(file, bytes, at);
  }

  /** Records that a file will become longer, by a rename. */
  void recordAppend(String name, long before) throws IOException {
    requireOpen();
    journal.append(name, before);
  }

  /** Writes to a file that the journal says is removed. */
  void writePending(Path file, ByteBuffer bytes, long at) throws IOException {
    requireOpen();
    StoreWrites.write(file, bytes, at);
  }

  /** Makes a file that the journal says is removed, with the first bytes of another one. */
  void copyToPending(Path source, long length, Path pending) throws IOException {
    requireOpen();
    if (length == 0) {
      writes.replace(pending, ByteBuffer.allocate(0));
    } else {
      writes.copy(source, length, pending);
    }
  }

  /** Replaces a file that has the chunks of a revlog in it by one that has not. */
  void replaceIndex(String name, Path file, ByteBuffer bytes, long at, long before)
      throws IOException {
    recordReplacedIndex(name, file, at, before);
    writes.replace(file, bytes);
  }

  /** Records that such a file will be replaced, by a rename. */
  void recordReplacedIndex(String name, Path file, long at, long before) throws IOException {
    requireOpen();
    if (before > 0) {
      journal.replace(Journal.IN_STORE, name, file, before, writes);
      if (at > before) {
        journal.withdraw(name);
      }
    }
  }

  /** Replaces a file of the store. */
  void replaceInStore(String name, ByteBuffer bytes) throws IOException {
    replace(Journal.IN_STORE, name, store.resolve(name), bytes);
  }

  /** Replaces a file of {@code .hg}. */
  void replaceInHg(String name, ByteBuffer bytes) throws IOException {
    replace(Journal.IN_HG, name, hg.resolve(name), bytes);
  }

  private void replace(String location, String name, Path file, ByteBuffer bytes)
      throws IOException {
    requireOpen();
    long length = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : -1;
    journal.replace(location, name, file, length, writes);
    writes.replace(file, bytes);
  }
}
