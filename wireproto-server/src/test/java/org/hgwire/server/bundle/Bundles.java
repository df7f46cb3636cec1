// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.Repository;

/** Reads bundles of repositories. */
final class Bundles {
  /** The largest buffer that a source returns here. */
  private static final int MAX_PIECE = 128 * 1024;

  private Bundles() {}

  static BundleFormat hg20(ChangegroupVersion version) {
    return new BundleFormat.Hg20(version, BundleCompression.NONE);
  }

  /** Requests changesets only. */
  static BundleRequest request(BundleFormat format, List<Node> heads, List<Node> common) {
    return new BundleRequest(heads, common, format, BundleParts.changegroupOnly());
  }

  static byte[] read(Repository repository, BundleRequest request) throws IOException {
    return read(repository, request, CommandSettings.defaults());
  }

  static byte[] read(Repository repository, BundleRequest request, CommandSettings settings)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BundleSource source =
        BundleSource.open(repository, request, settings, WireLimits.defaults())) {
      for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
        assertThat(piece.remaining()).isLessThanOrEqualTo(MAX_PIECE);
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.writeBytes(copy);
      }
      assertThat(source.next()).isNull();
    }
    return bytes.toByteArray();
  }
}
