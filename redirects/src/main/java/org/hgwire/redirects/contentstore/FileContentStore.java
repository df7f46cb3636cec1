// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.UrlAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Content as files below a directory, for the server's own GET or any static web server: {@code
 * ab/abcdef…} there and in the URL, named by their SHA-256 in hexadecimal.
 *
 * <p>A file appears by a rename when it is complete, was written to the disk and has the hash in
 * its name; until then only the user of this process can read it. Anyone who knows the URL of
 * content can get it: the web server must not list the directory.
 */
public final class FileContentStore implements ContentStore {
  private final RedirectTarget target;
  private final String base;
  private final HashedFiles files;
  private final IntactFiles intact = new IntactFiles(System::nanoTime);
  private final List<ByteString> serverCertificates;
  private final List<ByteString> authorityCertificates;

  private FileContentStore(Builder builder) throws IOException {
    target = builder.target;
    base = builder.base;
    serverCertificates = List.copyOf(builder.serverCertificates);
    authorityCertificates = List.copyOf(builder.authorityCertificates);
    files =
        HashedFiles.builder(builder.directory)
            .maxBytes(builder.maxBytes)
            .ownerOnly(builder.ownerOnly)
            .open();
  }

  /**
   * Returns a builder of a store.
   *
   * @param target the redirect target of the store; its first URI is where a web server serves
   *     {@code directory}
   * @param directory holds the files; it is created if it is missing, and only this store writes to
   *     it
   * @throws IllegalArgumentException if that URI is not an http or https URL without query
   */
  public static Builder builder(RedirectTarget target, Path directory) {
    return new Builder(target, directory);
  }

  @Override
  public RedirectTarget target() {
    return target;
  }

  /**
   * Returns where clients get the content; null if it is not stored, or its file is damaged. A
   * large file that was found here or was changed is checked in the background first; until then
   * the result is null as well.
   */
  @Override
  public @Nullable PublishedContent find(ContentDescription content) throws IOException {
    if (state(content) != IntactFiles.State.INTACT) {
      return null;
    }
    String hex = content.sha256().hex();
    return new PublishedContent(
        URI.create(base + hex.substring(0, 2) + "/" + hex),
        serverCertificates,
        authorityCertificates);
  }

  /** Returns what is known of the file of content; DAMAGED if there is none. */
  private IntactFiles.State state(ContentDescription content) throws IOException {
    Path file = files.find(content.sha256());
    try {
      return file == null || Files.size(file) != content.size()
          ? IntactFiles.State.DAMAGED
          : intact.check(file, content.sha256());
    } catch (NoSuchFileException gone) {
      return IntactFiles.State.DAMAGED;
    }
  }

  /**
   * Returns the file of content, or null if it is not stored.
   *
   * @param sha256 the SHA-256 of the content, 32 bytes
   */
  public @Nullable Path file(ByteString sha256) {
    return files.find(sha256);
  }

  /**
   * Copies the file, unless the content is stored already; a damaged file is replaced.
   *
   * @throws IOException if it cannot be written, or {@code file} is other content
   */
  @Override
  public void put(ContentDescription content, Path file) throws IOException {
    if (state(content) != IntactFiles.State.DAMAGED) {
      return;
    }
    Path copy = files.newFile();
    try {
      copy(content, file, copy);
      files.adopt(copy, content.sha256(), true);
      intact.written(files.path(content.sha256()), content.sha256());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  @Override
  public boolean delete(ByteString sha256) throws IOException {
    files.remove(sha256);
    return true;
  }

  private static void copy(ContentDescription content, Path from, Path to) throws IOException {
    MessageDigest digest = HashAlgorithm.SHA256.newDigest();
    long size = 0;
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        size += read;
      }
    }
    if (size != content.size() || !content.sha256().equals(ByteString.copyOf(digest.digest()))) {
      throw new IOException(
          "the file to be stored does not have the announced size and SHA-256 "
              + content.sha256().hex());
    }
  }

  /** Deletes what is unfinished; what is stored stays. */
  @Override
  public void close() throws IOException {
    intact.close();
    files.close();
  }

  /** Collects the settings of a store. Not safe for use by several threads. */
  public static final class Builder {
    private final RedirectTarget target;
    private final Path directory;
    private final String base;
    private List<ByteString> serverCertificates = List.of();
    private List<ByteString> authorityCertificates = List.of();
    private long maxBytes = HashedFiles.UNBOUNDED;
    private boolean ownerOnly;

    private Builder(RedirectTarget target, Path directory) {
      URI base = target.baseUri();
      String scheme = String.valueOf(base.getScheme());
      boolean http = scheme.equals("http") || scheme.equals("https");
      if (!http
          || !UrlAuthority.isWithoutUserInfo(base)
          || base.getQuery() != null
          || base.getFragment() != null) {
        throw new IllegalArgumentException(
            "content is served at an http or https URL without query, not at " + base);
      }
      this.target = target;
      this.directory = directory;
      this.base = base.toString().endsWith("/") ? base.toString() : base + "/";
    }

    /** Sets the certificates that the content host may show, as DER; none by default. */
    public Builder serverCertificates(List<ByteString> certificates) {
      this.serverCertificates = certificates;
      return this;
    }

    /** Sets the authorities of the content host's certificate, as DER; none by default. */
    public Builder authorityCertificates(List<ByteString> certificates) {
      this.authorityCertificates = certificates;
      return this;
    }

    /**
     * Sets how many bytes the files may have together; the least recently used ones are deleted. By
     * default there is no bound.
     */
    public Builder maxBytes(long bytes) {
      this.maxBytes = bytes;
      return this;
    }

    /**
     * Sets whether only the user of this process may read the files: right for the server's own
     * GET. By default all users of the machine may, so that a web server can.
     */
    public Builder ownerOnly(boolean ownerOnly) {
      this.ownerOnly = ownerOnly;
      return this;
    }

    /**
     * Returns the store.
     *
     * @throws IOException if the directory cannot be created or read
     */
    public FileContentStore open() throws IOException {
      return new FileContentStore(this);
    }
  }
}
