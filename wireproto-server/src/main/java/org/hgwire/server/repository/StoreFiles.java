// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The raw files of a repository's store, as Mercurial writes them. */
public interface StoreFiles {
  /**
   * Returns the storage formats that a reader must support: Mercurial's repository requirements,
   * such as {@code generaldelta} and {@code revlogv1}.
   */
  Set<ByteString> formats();

  /**
   * Returns the files of a kind, or null if there is no such kind. The host decides which kinds
   * there are; Mercurial has {@code changelog} and {@code manifestlog}.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable List<StoreFile> files(ByteString kind) throws IOException;

  /** One file of the store. */
  interface StoreFile {
    /** Returns its path below the store, encoded as on disk. */
    ByteString path();

    /**
     * Returns the number of bytes to serve: the length of the file when the snapshot was opened.
     */
    long size();

    /**
     * Opens its bytes, of which the first {@link #size()} are served; the caller closes the stream.
     *
     * @throws IOException if the repository cannot be read
     */
    InputStream open() throws IOException;
  }
}
