// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.hgwire.redirects.contentstore.FileContentStore;

/** A content store that holds one piece of content of 5,000,000 bytes. */
public final class StoredContent implements AutoCloseable {
  private static final int SIZE = 5_000_000;

  private final FileContentStore store;
  private final String path;
  private final byte[] content;

  private StoredContent(FileContentStore store, String path, byte[] content) {
    this.store = store;
    this.path = path;
    this.content = content;
  }

  /** Makes a content store in {@code directory}. */
  public static StoredContent in(Path directory) throws IOException {
    byte[] content = new byte[SIZE];
    new Random(5).nextBytes(content);
    FileContentStore store =
        FileContentStore.builder(
                RedirectTarget.of("t", URI.create("http://127.0.0.1/content")),
                directory.resolve("store"))
            .open();
    ContentHasher hasher = new ContentHasher(ByteString.utf8("x/y"), 1 << 20);
    hasher.update(ByteBuffer.wrap(content));
    ContentDescription description = hasher.describe();
    store.put(description, Files.write(directory.resolve("given"), content));
    String path = requireNonNull(store.find(description)).url().getPath();
    return new StoredContent(store, path.substring("/content/".length()), content);
  }

  /** Returns the content store. */
  public FileContentStore store() {
    return store;
  }

  /** Returns where the content is below the root of its endpoint, without a slash before it. */
  public String path() {
    return path;
  }

  /** Returns the content. */
  public byte[] content() {
    return content.clone();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
