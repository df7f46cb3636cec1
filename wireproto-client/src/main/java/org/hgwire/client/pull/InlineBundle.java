// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.jspecify.annotations.Nullable;

/** A clone bundle that comes from the server itself: if that fails, the pull goes on without it. */
final class InlineBundle implements BundleBytes {
  private final BundleBytes bytes;

  private InlineBundle(BundleBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Requests it.
   *
   * @throws BundleException if the server does not send it
   */
  static InlineBundle open(Peer peer, String path) throws BundleException {
    try {
      return new InlineBundle(BundleBytes.of(peer.inlineBundle(path)));
    } catch (PeerException e) {
      throw unreadable(e);
    }
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    try {
      return bytes.next();
    } catch (PeerException e) {
      throw unreadable(e);
    }
  }

  private static BundleException unreadable(PeerException e) {
    return new BundleException(
        BundleFault.UNREADABLE, "The server did not send the inline bundle: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
