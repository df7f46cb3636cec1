// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hgwire.store.revlog.RevlogFiles;

/** The files of the changelog, whose new index is made aside, and shows at once. */
final class ChangelogFiles implements RevlogFiles {
  private static final String INDEX = "00changelog.i";
  private static final String DATA = "00changelog.d";

  private final JournaledFiles files;
  private final Path index;
  private final Path data;
  private final Path pending;
  private boolean isPending;

  ChangelogFiles(JournaledFiles files) {
    this.files = files;
    this.index = files.store().resolve(INDEX);
    this.data = files.store().resolve(DATA);
    this.pending = files.store().resolve(Journal.PENDING_CHANGELOG);
  }

  @Override
  public Path index() {
    return index;
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public void writeIndex(ByteBuffer bytes, long at, long before) throws IOException {
    if (!isPending) {
      files.recordAppend(INDEX, before);
      files.copyToPending(index, before, pending);
      isPending = true;
    }
    files.writePending(pending, bytes, at);
  }

  @Override
  public void writeData(ByteBuffer bytes, long at, long before) throws IOException {
    files.append(DATA, data, bytes, at, before);
  }

  @Override
  public void replaceIndex(ByteBuffer entries, long at, long before) throws IOException {
    files.recordReplacedIndex(INDEX, index, at, before);
    files.copyToPending(index, 0, pending);
    isPending = true;
    files.writePending(pending, entries, 0);
  }

  /** Makes the new changesets show. */
  void show() throws IOException {
    if (isPending) {
      Files.move(pending, index, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
