// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.server.clonebundles.BundleFiles;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What bundle a command writes. */
final class BundleOptions {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = BundleTypes.class,
      description =
          "The type of the bundle (default: zstd-v2): none, gzip or zstd with v2 or v3, none or"
              + " gzip with v1.")
  private @Nullable Bundlespec type;

  @Option(
      names = "--base",
      paramLabel = "NODE",
      description =
          "Leave out of the bundle this changeset and its ancestors, which the receiver has; may be"
              + " repeated.")
  private List<String> bases = List.of();

  /** Returns whether an option was given. */
  boolean areGiven() {
    return type != null || !bases.isEmpty();
  }

  /**
   * Returns the type.
   *
   * @throws IllegalArgumentException if such bundles are not written
   */
  Bundlespec type() {
    Bundlespec chosen = type == null ? BundleFiles.ZSTD_V2 : type;
    BundleFiles.format(chosen);
    return chosen;
  }

  /**
   * Writes the bundle.
   *
   * @param revisions it has these changesets and their ancestors; if empty, all
   * @param file the name to print
   * @return what was written, in one line
   */
  String write(StoreRepository store, List<String> revisions, OutputStream out, String file)
      throws IOException {
    Bundlespec chosen = type();
    List<Node> heads;
    List<Node> common;
    try (RepositorySnapshot snapshot = store.snapshot()) {
      RevisionNames names = new RevisionNames(snapshot);
      heads = names.nodes(revisions);
      common = names.nodes(bases);
    }
    try (Counted counted = new Counted(out)) {
      int changesets = BundleFiles.write(store, heads, common, chosen, counted);
      if (changesets == 0) {
        throw new IOException("there is nothing to bundle: no changeset is outside of the bases");
      }
      return changesets
          + (changesets == 1 ? " changeset, " : " changesets, ")
          + counted.bytes
          + " bytes, "
          + chosen
          + ": "
          + file;
    }
  }

  /** Counts bytes; closing it leaves the target open. */
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    private Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
