// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.hgwire.core.encoding.ContentEncoding;
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
  private final EncodedCopies copies;

  private KeptResponses(ResponseIndex index, HashedFiles files, EncodedCopies copies) {
    this.index = index;
    this.files = files;
    this.copies = copies;
  }

  /**
   * Opens a directory of responses.
   *
   * @throws IOException if it cannot be created or read
   */
  static KeptResponses open(Path directory, long maxBytes, long maxEntries) throws IOException {
    ResponseIndex index =
        new ResponseIndex(
            HashedFiles.builder(directory.resolve("responses"))
                .maxFiles(maxEntries)
                .ownerOnly(true)
                .open());
    HashedFiles files =
        HashedFiles.builder(directory.resolve("content")).maxBytes(maxBytes).ownerOnly(true).open();
    return new KeptResponses(index, files, new EncodedCopies(files, maxBytes));
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

  /**
   * Opens a response; returns null if its local file is missing or damaged.
   *
   * @param encoding the content encoding that its bytes may have, or null if none
   */
  @Nullable EncodedObjects open(ContentDescription content, @Nullable ContentEncoding encoding) {
    // The copy counts as used before the response, so that it never outlives it for long.
    EncodedObjects copy =
        encoding == null ? null : copies.open(content, encoding, from -> read(content, from));
    if (copy != null && file(content) != null) {
      return copy;
    }
    try {
      if (copy != null) {
        copy.close();
      }
      return read(content, 0);
    } catch (NoSuchFileException deleted) {
      return null;
    } catch (IOException failure) {
      LOG.warn("a kept response cannot be read; the command is run again", failure);
      return null;
    }
  }

  private EncodedObjects read(ContentDescription content, long from) throws IOException {
    Path file = file(content);
    if (file == null) {
      throw new NoSuchFileException("the local file of the response " + content.sha256().hex());
    }
    return KeptObjects.open(content, file, from, () -> drop(content));
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
    try (files;
        copies) {
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
