// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.WireErrorCode;

/**
 * The file in a response to {@code get_cached_bundle_inline}: its length, 7 bits in each byte, the
 * lowest first, then so many bytes, and no more. For one thread.
 */
final class InlineBundleStream extends InputStream {
  private static final int BITS = 7;
  private static final int MORE = 0x80;

  private final InputStream response;
  private long left;

  private InlineBundleStream(InputStream response, long length) {
    this.response = response;
    this.left = length;
  }

  /**
   * Reads the length.
   *
   * @param response the response, decompressed; closed with what is returned, or if that fails
   * @param maxBytes how long the file may be
   * @throws PeerProtocolException if it is longer, or the length is not one
   */
  static InlineBundleStream open(Version1Stream response, long maxBytes) throws PeerException {
    boolean opened = false;
    try {
      long length = length(response, maxBytes);
      opened = true;
      return new InlineBundleStream(response, length);
    } catch (PeerException e) {
      throw e;
    } catch (IOException e) {
      throw new TransportException("The length of the inline bundle cannot be read.", e);
    } finally {
      if (!opened) {
        response.close();
      }
    }
  }

  private static long length(InputStream response, long maxBytes) throws IOException {
    long length = 0;
    int shift = 0;
    int next;
    do {
      next = response.read();
      if (next < 0) {
        throw Version1Connection.fault(
            WireErrorCode.TRUNCATED, "The inline bundle ends before its length.");
      }
      if (shift >= Long.SIZE - 1) {
        throw Version1Connection.fault(
            WireErrorCode.MALFORMED, "The length of the inline bundle has more than 63 bits.");
      }
      length |= (long) (next & ~MORE) << shift;
      shift += BITS;
    } while ((next & MORE) != 0);
    if (length > maxBytes) {
      throw Version1Connection.fault(
          WireErrorCode.LIMIT,
          "The inline bundle has "
              + length
              + " bytes, more than the "
              + maxBytes
              + " that clone bundles may have.");
    }
    return length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (left == 0) {
      if (response.read() >= 0) {
        throw Version1Connection.fault(
            WireErrorCode.BAD_RESPONSE, "The inline bundle is longer than it says.");
      }
      return -1;
    }
    int read = response.read(target, offset, (int) Math.min(count, left));
    if (read < 0) {
      throw Version1Connection.fault(
          WireErrorCode.TRUNCATED, "The inline bundle ends " + left + " bytes too soon.");
    }
    left -= read;
    return read;
  }

  @Override
  public void close() throws IOException {
    response.close();
  }
}
