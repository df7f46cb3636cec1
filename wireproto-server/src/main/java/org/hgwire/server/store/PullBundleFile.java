// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.PullBundle;
import org.hgwire.store.FileIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A bundle in a file below {@code .hg}.
 *
 * @param name its name in the manifest
 * @param path the file; null if the name leads out of the directory
 * @param file what the file is recognized by
 */
record PullBundleFile(
    String name, @Nullable Path path, FileIdentity file, List<Node> heads, List<Node> bases)
    implements PullBundle {
  /** Looks for the file; whether it can be sent is known when it is opened. */
  static PullBundleFile of(Path directory, String name, List<Node> heads, List<Node> bases)
      throws IOException {
    Path path = below(directory, name);
    FileIdentity file = path == null ? FileIdentity.ABSENT : FileIdentity.of(path);
    return new PullBundleFile(name, path, file, List.copyOf(heads), List.copyOf(bases));
  }

  private static @Nullable Path below(Path directory, String name) {
    try {
      Path relative = directory.getFileSystem().getPath(name);
      boolean plain = !relative.isAbsolute();
      Path path = directory;
      for (Path segment : relative) {
        String text = segment.toString();
        path = path.resolve(segment);
        plain &=
            !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && !Files.isSymbolicLink(path);
      }
      return plain ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  @Override
  public Object identity() {
    return this;
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public InputStream open() throws IOException {
    if (path == null) {
      throw new IOException(
          "the bundle " + PeerText.excerpt(name) + " is not a path below .hg without links");
    }
    if (!file.exists()) {
      throw new IOException("the bundle " + path + " does not exist");
    }
    InputStream input = PullBundleManifest.open(path);
    if (!FileIdentity.of(path).equals(file)) {
      input.close();
      throw new IOException("the bundle " + path + " was replaced while it was looked for");
    }
    return input;
  }

  @Override
  public String toString() {
    return path == null ? PeerText.excerpt(name) : path.toString();
  }
}
