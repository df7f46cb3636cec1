// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.OwnedFiles;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.hgwire.server.repository.Repository;

/**
 * Makes bundles of the same changesets, one by one, and puts them into a content store.
 *
 * @param store where they are put
 * @param maker makes them
 * @param check checks what is stored
 * @param temporary the directory of the file that a bundle is written to
 */
record BundleUpload(ContentStore store, BundleMaker maker, BundleCheck check, Path temporary) {
  private static final Duration MAX_STORE_WAIT = Duration.ofMinutes(10);
  private static final Duration STORE_PAUSE = Duration.ofMillis(100);
  private static final int BUFFER = 64 * 1024;

  /** A bundle, and where clients get it. */
  record Uploaded(StoredBundle bundle, URI url) {}

  /** Is told of a bundle before it is put. */
  @FunctionalInterface
  interface Announcement {
    /**
     * Records the bundle.
     *
     * @throws IOException if it cannot be recorded; then it is not put
     */
    void of(StoredBundle bundle) throws IOException;
  }

  /**
   * Makes a bundle, announces it, puts it, and checks it.
   *
   * @throws IOException if any of this fails
   */
  Uploaded run(Repository repository, List<Node> heads, Bundlespec type, Announcement announcement)
      throws IOException {
    try (OwnedFiles files = OwnedFiles.open(temporary, "hgwire-bundles-")) {
      Path file = files.newFile();
      ContentDescription content;
      ByteString sha512;
      try (BundleHashes out =
          new BundleHashes(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
        maker.write(repository, heads, type, out);
        content = out.describe();
        sha512 = out.sha512();
      }
      StoredBundle bundle =
          new StoredBundle(type.toString(), content.sha256(), sha512, content.size());
      announcement.of(bundle);
      store.put(content, file);
      URI url = find(content);
      check.check(url, content.size(), sha512);
      return new Uploaded(bundle, url);
    }
  }

  private URI find(ContentDescription content) throws IOException {
    long deadline = System.nanoTime() + MAX_STORE_WAIT.toNanos();
    while (System.nanoTime() - deadline < 0) {
      PublishedContent found = store.find(content);
      if (found != null) {
        return found.url();
      }
      // A file that was there before is checked in the background first.
      try {
        Thread.sleep(STORE_PAUSE.toMillis());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the content store checks a bundle", stop);
      }
    }
    throw new IOException(
        "the content store does not have the bundle that was put there, "
            + content.sha256().hex()
            + "; look whether something else deletes from it");
  }
}
