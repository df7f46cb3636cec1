// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;

/** The files that changesets and manifests name. Safe for use by several threads. */
final class ExpectedFiles {
  private final Map<ByteString, ExpectedFile> files = new TreeMap<>();

  /** Changes what is expected of a file. */
  interface Change {
    void apply(ExpectedFile file);
  }

  synchronized void change(ByteString path, Change change) {
    change.apply(files.computeIfAbsent(path, absent -> new ExpectedFile()));
  }

  /** Returns all, sorted by path, when no more are added. */
  synchronized List<Map.Entry<ByteString, ExpectedFile>> all() {
    return new ArrayList<>(files.entrySet());
  }
}
