// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The raw files that make up the store of a repository, as Mercurial writes them. */
public interface StoreFiles {
  /**
   * Returns the storage formats a reader must know: Mercurial's repository requirements, such as
   * {@code generaldelta} and {@code revlogv1}.
   */
  Set<ByteString> formats();

  /**
   * Returns the files of a kind, or null if there is no such kind. Which there are is the host's to
   * say; Mercurial has {@code changelog} and {@code manifestlog}.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable List<StoreFile> files(ByteString kind) throws IOException;

  /** One file of the store. */
  interface StoreFile {
    /** Returns its path below the store, as it is on disk. */
    ByteString path();

    /** Returns how many bytes are served: its length when the snapshot was taken. */
    long size();

    /**
     * Opens its bytes, of which the first {@link #size()} are served; closed by whoever opened it.
     *
     * @throws IOException if the repository cannot be read
     */
    InputStream open() throws IOException;
  }
}
