// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.revision.FileText;
import org.jspecify.annotations.Nullable;

/**
 * A file revision whose text was erased with Mercurial's extension {@code censor}. Its text is a
 * tombstone: metadata with the key {@code censored}, and no content. "The revision's fulltext has
 * been replaced by censor metadata. May only occur on file revisions." (changegroups)
 *
 * @param reason what the person who censored it wrote, or nothing
 */
public record CensoredRevision(ByteString reason) implements TextSubstitute {
  private static final ByteString KEY = ByteString.utf8("censored");
  private static final ByteString START = ByteString.utf8("\1\ncensored:");

  static @Nullable CensoredRevision read(ByteString text) {
    if (!text.startsWith(START)) {
      return null;
    }
    try {
      FileText parsed = FileText.parse(text);
      ByteString reason = parsed.metadata().get(KEY);
      return reason != null && parsed.content().isEmpty() ? new CensoredRevision(reason) : null;
    } catch (WireProtocolException malformed) {
      return null;
    }
  }

  @Override
  public String describe() {
    return "was censored"
        + (reason.isEmpty() ? "" : " (it says: " + PeerText.line(reason.utf8()) + ")");
  }
}
