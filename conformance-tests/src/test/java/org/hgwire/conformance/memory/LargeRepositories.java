// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.InputStream;
import java.util.Arrays;
import org.hgwire.core.ByteString;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.server.repository.MemoryCommit;
import org.hgwire.server.repository.MemoryRepository;
import org.hgwire.server.repository.RevisionContent;

/** Repositories far larger than the heap, whose content is made as it is read. */
final class LargeRepositories {
  static final long GIB = 1L << 30;
  static final long MIB = 1L << 20;

  private LargeRepositories() {}

  /** Returns one changeset of 1,024 files of 2 MiB each: 2 GiB. */
  static MemoryRepository manyRevisions() {
    return of(1024, 2 * MIB);
  }

  /** Returns one changeset of one file of 512 MiB. */
  static MemoryRepository oneLargeRevision() {
    return of(1, 512 * MIB);
  }

  private static MemoryRepository of(int files, long size) {
    MemoryRepository repository = MemoryRepository.publishing();
    MemoryCommit commit = repository.commit();
    for (int i = 0; i < files; i++) {
      byte fill = (byte) i;
      commit.write(
          ByteString.utf8("file-" + i),
          RevisionContent.of(size, () -> new Filled(fill, size)),
          ManifestFlag.FILE);
    }
    commit.commit();
    return repository;
  }

  /** A stream of one byte value. */
  private static final class Filled extends InputStream {
    private final byte value;
    private long left;

    Filled(byte value, long left) {
      this.value = value;
      this.left = left;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      return value & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, value);
      left -= count;
      return count;
    }
  }
}
