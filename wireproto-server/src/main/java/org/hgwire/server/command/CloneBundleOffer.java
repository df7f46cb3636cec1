// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clone bundles that are offered to clients of either version of the protocol. Safe for use by
 * several threads.
 */
public final class CloneBundleOffer {
  private static final Logger LOG = LoggerFactory.getLogger(CloneBundleOffer.class);

  /** What the URLs of bundles begin with that are sent over the connection to the server. */
  private static final String INLINE = "peer-bundle-cache:";

  private static final String INLINE_PATH = INLINE + "//";

  private final CloneBundleSource source;

  /** Makes the offer of the bundles of {@code source}. */
  public CloneBundleOffer(CloneBundleSource source) {
    this.source = source;
  }

  /** Returns whether there is a source of clone bundles at all. */
  public boolean isConfigured() {
    return source != CloneBundleSource.NONE;
  }

  /**
   * Returns whether clone bundles are advertised to a caller. They are not if the source fails: the
   * client can still pull, and the failure is logged.
   */
  public boolean isMadeTo(Caller caller, Repository repository) {
    return hasEntries(caller, repository, false);
  }

  /**
   * Returns whether clone bundles, inline ones among them, are advertised to a caller whose client
   * knows of those.
   */
  public boolean isMadeInFullTo(Caller caller, Repository repository) {
    return hasEntries(caller, repository, true);
  }

  private boolean hasEntries(Caller caller, Repository repository, boolean inline) {
    try {
      return isConfigured() && !entries(caller, repository, inline).isEmpty();
    } catch (IOException | RuntimeException failure) {
      LOG.error("the source of clone bundles failed; none are advertised to {}", caller, failure);
      return false;
    }
  }

  /**
   * Returns the manifest for a caller as text; empty if there is none. Inline bundles are left out:
   * not every client knows of them.
   *
   * @throws IOException if it cannot be read
   */
  public ByteString manifest(Caller caller, Repository repository) throws IOException {
    return CloneBundleManifest.of(entries(caller, repository, false)).print();
  }

  /**
   * Returns the manifest for a caller as text, with inline bundles; empty if there is none.
   *
   * @throws IOException if it cannot be read
   */
  public ByteString fullManifest(Caller caller, Repository repository) throws IOException {
    return CloneBundleManifest.of(entries(caller, repository, true)).print();
  }

  /**
   * Returns the file of an inline bundle, or null if the manifest for the caller does not name it,
   * or it is no regular file below the directory of inline bundles.
   *
   * @param path the path after {@code peer-bundle-cache://}
   * @throws IOException if the manifest or the directory cannot be read
   */
  public @Nullable Path inlineBundle(Caller caller, Repository repository, String path)
      throws IOException {
    Path directory = source.inlineBundles(caller, repository);
    boolean named =
        entries(caller, repository, true).stream()
            .anyMatch(entry -> entry.url().equals(INLINE_PATH + path));
    if (directory == null || !named || path.indexOf('\0') >= 0) {
      return null;
    }
    try {
      Path root = directory.toRealPath();
      Path file = root.resolve(path).toRealPath();
      return file.startsWith(root) && Files.isRegularFile(file) ? file : null;
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  private List<CloneBundleEntry> entries(Caller caller, Repository repository, boolean inline)
      throws IOException {
    CloneBundleManifest manifest = source.manifest(caller, repository);
    if (manifest == null) {
      return List.of();
    }
    boolean sent = inline && source.inlineBundles(caller, repository) != null;
    return manifest.entries().stream().filter(entry -> sent || !isInline(entry)).toList();
  }

  private static boolean isInline(CloneBundleEntry entry) {
    return entry.url().toLowerCase(Locale.ROOT).startsWith(INLINE);
  }
}
