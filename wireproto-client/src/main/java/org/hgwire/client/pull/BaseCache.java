// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.jspecify.annotations.Nullable;

/** Keeps the texts that were used last, as bases for deltas: so many bytes of them. */
final class BaseCache {
  private final long most;
  private final Map<RevisionKey, MemoryText> texts = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  BaseCache(long most) {
    this.most = most;
  }

  @Nullable MemoryText find(RevisionKey key) {
    return texts.get(key);
  }

  /** Keeps {@code text}, unless it is large or in a file. */
  void keep(RevisionKey key, RevisionText text) {
    if (!(text instanceof MemoryText memory) || text.length() > most / 4) {
      return;
    }
    MemoryText before = texts.put(key, memory);
    held += memory.length() - (before == null ? 0 : before.length());
    Iterator<MemoryText> oldest = texts.values().iterator();
    while (held > most && oldest.hasNext()) {
      held -= oldest.next().length();
      oldest.remove();
    }
  }
}
