// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.server.bundle.BundleFormat;
import org.hgwire.server.bundle.BundleParts;
import org.hgwire.server.bundle.BundleRequest;
import org.hgwire.server.bundle.BundleSource;
import org.hgwire.server.bundle.ByteSource;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;

/** Writes bundles, as {@code hg bundle} does, for any client and as clone bundles. */
public final class BundleFiles {
  /** The type that Mercurial reads from 4.1 on, and that is the smallest. */
  public static final Bundlespec ZSTD_V2 = new Bundlespec(BundleCompression.ZSTD, "v2", Map.of());

  /** What bounds a client's request does not bound the work of a host itself. */
  private static final WireLimits LIMITS =
      WireLimits.defaults().with(WireLimit.MAX_EXAMINED_ENTRIES, Long.MAX_VALUE);

  private static final CommandSettings SETTINGS =
      CommandSettings.defaults().withMaxFileRevisions(Integer.MAX_VALUE);

  private BundleFiles() {}

  /**
   * Writes a bundle of the changesets that may be served.
   *
   * @param heads it has these changesets and their ancestors; if empty, all
   * @param common it leaves out these changesets and their ancestors
   * @param type its type
   * @param out gets its bytes, some 32 KiB at a time; not closed
   * @return how many changesets it has; if there are none, nothing is written
   * @throws IllegalArgumentException if such bundles are not written: of the types that {@code hg
   *     help bundlespec} has, {@code v1} to {@code v3} with none, gzip and zstd are
   * @throws IOException if a changeset is not in the repository, if that cannot be read, or {@code
   *     out} cannot be written
   */
  public static int write(
      Repository repository, List<Node> heads, List<Node> common, Bundlespec type, OutputStream out)
      throws IOException {
    BundleFormat format = format(type);
    List<Node> wanted;
    int count;
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      BundleCoverage served = BundleCoverage.ofServed(snapshot);
      wanted = heads.isEmpty() ? served.heads() : heads;
      count = served.countBetween(wanted, common);
    }
    if (count == 0) {
      return 0;
    }
    // With the heads of this view: what is added in the meantime would not be counted.
    BundleRequest request =
        new BundleRequest(wanted, common, format, BundleParts.changegroupOnly());
    try (ByteSource bundle = BundleSource.open(repository, request, SETTINGS, LIMITS)) {
      copy(bundle, out);
    } catch (CommandException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
    return count;
  }

  private static void copy(ByteSource bundle, OutputStream out) throws IOException {
    byte[] piece = new byte[0];
    for (ByteBuffer next = bundle.next(); next != null; next = bundle.next()) {
      int length = next.remaining();
      if (piece.length < length) {
        piece = new byte[length];
      }
      next.get(piece, 0, length);
      out.write(piece, 0, length);
    }
  }

  /**
   * Returns how bundles of a type are written.
   *
   * @throws IllegalArgumentException if they are not
   */
  public static BundleFormat format(Bundlespec type) {
    BundleCompression compression = type.compression();
    if (type.parameters().isEmpty() && compression != BundleCompression.BZIP2) {
      switch (type.version()) {
        case "v1" -> {
          return new BundleFormat.Hg10(compression);
        }
        case "v2", "bundle2" -> {
          return new BundleFormat.Hg20(ChangegroupVersion.V02, compression);
        }
        case "v3" -> {
          return new BundleFormat.Hg20(ChangegroupVersion.V03, compression);
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException(
        "bundles of the type "
            + type
            + " are not written; use none, gzip or zstd with v2 or v3, or none or gzip with v1");
  }
}
