// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.store.ObsolescenceMarkers;
import org.hgwire.store.StoreException;

/** The obsolescence markers, {@code obsstore}: new ones are appended, in the form of version 1. */
final class MarkerLog {
  private static final String NAME = "obsstore";
  private static final byte VERSION = 1;

  private final JournaledFiles files;
  private final Path file;
  private final Set<ByteString> added = new LinkedHashSet<>();

  MarkerLog(JournaledFiles files, Path file) {
    this.files = files;
    this.file = file;
  }

  void add(Collection<ByteString> stored) {
    added.addAll(stored);
  }

  /** Writes those that were added and are new. Reads all that there are. */
  void flush() throws IOException {
    if (added.isEmpty()) {
      return;
    }
    long before = StoreWrites.length(file);
    if (before > 0) {
      removeKnown();
    }
    if (added.isEmpty()) {
      return;
    }
    int length = before == 0 ? 1 : 0;
    for (ByteString marker : added) {
      length = Math.addExact(length, marker.length());
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    if (before == 0) {
      bytes.put(VERSION);
    }
    added.forEach(marker -> marker.putTo(bytes));
    files.append(NAME, file, bytes.flip(), before, before);
  }

  private void removeKnown() throws IOException {
    try (ObsolescenceMarkers known = ObsolescenceMarkers.open(file)) {
      if (known.version() != VERSION) {
        throw new StoreException(
            StoreException.Kind.UNSUPPORTED,
            "the file "
                + file
                + " has the version "
                + known.version()
                + ", to which nothing is added; pull with Mercurial once");
      }
      while (known.next()) {
        added.remove(known.stored());
      }
    }
  }
}
