// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of one stored manifest, in the order of their paths, without holding its text.
 * Used by one thread at a time.
 */
public final class ManifestReader implements Closeable {
  private static final int HEX_NODE = 2 * Node.BYTES;

  private final Node manifest;
  private final LineReader lines;

  private ManifestReader(Node manifest, InputStream text) {
    this.manifest = manifest;
    this.lines = new LineReader(text, "the manifest " + manifest);
  }

  /**
   * Returns a reader at the start of a manifest; that of a repository without files is empty and is
   * not stored.
   *
   * @param text the stored text, which the reader closes, or null if the manifest is not stored
   * @throws IOException if a manifest that is not empty is not stored
   */
  public static ManifestReader open(Node manifest, @Nullable InputStream text) throws IOException {
    if (text == null && !manifest.isNull()) {
      throw new IOException(
          "the repository is damaged: the manifest " + manifest + " of a changeset is missing");
    }
    return new ManifestReader(manifest, text == null ? InputStream.nullInputStream() : text);
  }

  /**
   * Returns the next entry, or null at the end.
   *
   * @throws IOException if the repository cannot be read or an entry is damaged
   */
  public @Nullable ManifestEntry next() throws IOException {
    ByteString line = lines.next();
    if (line == null) {
      return null;
    }
    int end = line.indexOf((byte) 0, 0);
    if (end < 1 || line.length() < end + 1 + HEX_NODE) {
      throw new IOException("the manifest " + manifest + " has a damaged entry: " + line.excerpt());
    }
    try {
      return new ManifestEntry(
          line.substring(0, end),
          Node.fromHex(line.substring(end + 1, end + 1 + HEX_NODE).utf8()),
          flag(line.substring(end + 1 + HEX_NODE, line.length())));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the manifest " + manifest + " has a damaged node or flag: " + line.excerpt(), e);
    }
  }

  private static ManifestFlag flag(ByteString text) {
    for (ManifestFlag flag : ManifestFlag.values()) {
      if (text.equals(ByteString.utf8(flag.text()))) {
        return flag;
      }
    }
    throw new IllegalArgumentException("unknown flag");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
