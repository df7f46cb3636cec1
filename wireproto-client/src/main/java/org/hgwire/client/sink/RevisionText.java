// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a revision, in memory or in a file; may be read several times. */
public interface RevisionText {
  /** Returns the number of bytes. */
  long length();

  /** Returns a stream of the bytes from the first on; the caller closes it. */
  InputStream open() throws IOException;
}
