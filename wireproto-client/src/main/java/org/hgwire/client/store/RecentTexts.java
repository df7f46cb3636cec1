// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.store.revlog.RevlogAppender;

/**
 * The texts of a revlog that were read last, up to {@value #MAX_BYTES} bytes and one more: a
 * manifest is read as that of a changeset, and again as that of its child.
 */
final class RecentTexts {
  private static final long MAX_BYTES = 16 << 20;

  private final Map<Integer, byte[]> texts = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  byte[] read(RevlogAppender log, int revision) throws IOException {
    byte[] known = texts.get(revision);
    if (known != null) {
      return known;
    }
    byte[] text = log.text(revision).toByteArray();
    texts.put(revision, text);
    held += text.length;
    Iterator<byte[]> oldest = texts.values().iterator();
    while (held > MAX_BYTES && texts.size() > 1) {
      held -= oldest.next().length;
      oldest.remove();
    }
    return text;
  }
}
