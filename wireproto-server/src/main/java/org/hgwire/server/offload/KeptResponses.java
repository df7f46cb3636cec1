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

/** The responses on the local disk: their index and their content. */
final class KeptResponses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptResponses.class);

  private final ResponseIndex index;
  private final HashedFiles files;

  private KeptResponses(ResponseIndex index, HashedFiles files) {
    this.index = index;
    this.files = files;
  }

  /**
   * Opens a directory of responses.
   *
   * @throws IOException if it cannot be created or read
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
   * Returns the description of the response with this key, or null if there is none; its content
   * may have been deleted.
   *
   * @throws IOException if the index cannot be read
   */
  @Nullable ContentDescription find(ByteString key) throws IOException {
    return index.find(key);
  }

  /** Returns the local file of a response, or null if it was deleted. */
  @Nullable Path file(ContentDescription content) {
    return files.find(content.sha256());
  }

  /** Opens the local file of a response; returns null if it is missing or damaged. */
  @Nullable EncodedObjects open(ContentDescription content) {
    Path file = file(content);
    if (file == null) {
      return null;
    }
    try {
      return KeptObjects.open(content, file, () -> drop(content));
    } catch (IOException failure) {
      LOG.warn("a kept response cannot be read; the command is run again", failure);
      return null;
    }
  }

  /** Creates a file for a new response. */
  Path newFile() throws IOException {
    return files.newFile();
  }

  /**
   * Keeps a response.
   *
   * @param file created by {@link #newFile}, complete; it is renamed
   */
  void keep(ByteString key, ContentDescription content, Path file) throws IOException {
    files.adopt(file, content.sha256(), false);
    index.put(key, content);
  }

  /** Deletes what is unfinished; what is kept stays. */
  @Override
  public void close() {
    try (files) {
      index.close();
    } catch (IOException failure) {
      LOG.warn("an unfinished response cannot be deleted", failure);
    }
  }

  private void drop(ContentDescription content) {
    try {
      files.remove(content.sha256());
    } catch (IOException failure) {
      LOG.warn("a damaged file cannot be deleted", failure);
    }
  }
}
