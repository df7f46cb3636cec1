// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.jspecify.annotations.Nullable;

/** Keeps the most recently used texts as bases of deltas, up to a number of bytes. */
final class BaseCache {
  private final long maxBytes;
  private final Map<RevisionKey, MemoryText> texts = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  BaseCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Nullable MemoryText find(RevisionKey key) {
    return texts.get(key);
  }

  /** Keeps {@code text}, unless it is large or in a file. */
  void keep(RevisionKey key, RevisionText text) {
    if (!(text instanceof MemoryText memory) || text.length() > maxBytes / 4) {
      return;
    }
    MemoryText before = texts.put(key, memory);
    held += memory.length() - (before == null ? 0 : before.length());
    Iterator<MemoryText> oldest = texts.values().iterator();
    while (held > maxBytes && oldest.hasNext()) {
      held -= oldest.next().length();
      oldest.remove();
    }
  }
}
