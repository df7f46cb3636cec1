// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.repository.PullBundle;

/**
 * The file {@code .hg/pullbundles.manifest}: a line for each bundle, of the form of manifests of
 * clone bundles, with a path below {@code .hg} in place of a URL and the attributes {@code heads}
 * and {@code bases}, nodes that are separated by semicolons. BUNDLESPEC is ignored: the file itself
 * says what it is.
 */
final class PullBundleManifest {
  private static final String HEADS = "heads";
  private static final String BASES = "bases";

  private PullBundleManifest() {}

  /**
   * Reads a manifest. Without the file there are no bundles; lines that cannot be read, and those
   * beyond the bounds of {@link CloneBundleManifest}, are skipped.
   *
   * @throws IOException if it cannot be read, is no regular file, or names a node that is malformed
   */
  static List<PullBundle> read(Path manifest) throws IOException {
    List<PullBundle> bundles = new ArrayList<>();
    try (InputStream input = open(manifest)) {
      byte[] text = input.readNBytes(CloneBundleManifest.MAX_BYTES + 1);
      for (CloneBundleEntry entry : CloneBundleManifest.parse(ByteString.copyOf(text)).entries()) {
        bundles.add(
            PullBundleFile.of(
                manifest.resolveSibling(""),
                entry.url(),
                nodes(manifest, entry, HEADS),
                nodes(manifest, entry, BASES).stream().filter(base -> !base.isNull()).toList()));
      }
    } catch (NoSuchFileException none) {
      return List.of();
    }
    return bundles;
  }

  /** Opens a regular file, and no other: that could wait for ever. */
  static InputStream open(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no regular file");
    }
    return Channels.newInputStream(
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
  }

  private static List<Node> nodes(Path manifest, CloneBundleEntry entry, String key)
      throws IOException {
    String value = entry.attribute(key);
    if (value == null) {
      return List.of();
    }
    try {
      return Stream.of(value.split(";", -1)).map(Node::fromHex).toList();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          manifest
              + ", line "
              + entry.line()
              + ": "
              + key
              + " is not a list of nodes of 40 digits, separated by semicolons: "
              + PeerText.excerpt(value),
          e);
    }
  }
}
