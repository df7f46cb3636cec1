// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.HashedFiles;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The responses that are kept on the local disk: which there are, and what they hold. */
final class KeptResponses {
  private static final Logger LOG = LoggerFactory.getLogger(KeptResponses.class);

  private final ResponseIndex index;
  private final HashedFiles files;

  private KeptResponses(ResponseIndex index, HashedFiles files) {
    this.index = index;
    this.files = files;
  }

  /**
   * Opens what is kept below a directory.
   *
   * @throws IOException if it cannot be read or made
   */
  static KeptResponses open(Path directory, long maxBytes, long maxEntries) throws IOException {
    return new KeptResponses(
        new ResponseIndex(
            HashedFiles.builder(directory.resolve("responses"))
                .maxFiles(maxEntries)
                .ownerOnly(true)
                .open()),
        HashedFiles.builder(directory.resolve("content"))
            .maxBytes(maxBytes)
            .ownerOnly(true)
            .open());
  }

  /**
   * Returns what is known of the response with this key, or null; its content may have made way.
   *
   * @throws IOException if that cannot be found out
   */
  @Nullable ContentDescription find(ByteString key) throws IOException {
    return index.find(key);
  }

  /** Returns the local file of a content, or null if it has made way. */
  @Nullable Path file(ContentDescription content) {
    return files.find(content.sha256());
  }

  /** Returns a content from its local file, or null if it is not there or was damaged. */
  @Nullable EncodedObjects open(ContentDescription content) {
    Path file = file(content);
    if (file == null) {
      return null;
    }
    try {
      return KeptObjects.open(content, file, () -> drop(content));
    } catch (IOException failure) {
      LOG.warn("a kept response cannot be given out", failure);
      return null;
    }
  }

  /** Makes a file in which a response can be written. */
  Path newFile() throws IOException {
    return files.newFile();
  }

  /**
   * Keeps a response.
   *
   * @param file made by {@link #newFile}, whole; it is renamed
   */
  void keep(ByteString key, ContentDescription content, Path file) throws IOException {
    files.adopt(file, content.sha256(), false);
    index.put(key, content);
  }

  private void drop(ContentDescription content) {
    try {
      files.remove(content.sha256());
    } catch (IOException failure) {
      LOG.warn("a damaged file cannot be deleted", failure);
    }
  }
}
