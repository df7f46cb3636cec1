// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.io.InputStream;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.store.revlog.Revlog;

/**
 * A text in a repository.
 *
 * @param log the revlog
 * @param revision its number there
 */
record StoredText(Revlog log, int revision) implements RevisionText {
  @Override
  public long length() {
    return log.size(revision);
  }

  @Override
  public InputStream open() throws IOException {
    return log.open(revision);
  }
}
