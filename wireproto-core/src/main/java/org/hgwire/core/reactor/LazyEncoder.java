// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.core.encoding.IdentityEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The one encoder of a stream, made when there is enough to encode and memory for it, and never
 * again once it was closed: a stream has one encoding context.
 */
final class LazyEncoder implements AutoCloseable {
  private final @Nullable ContentEncoding encoding;
  private final int maxUnencoded;
  private final EncoderPool encoders;
  private @Nullable ContentEncoder encoder;
  private boolean closed;

  /**
   * Makes the place of an encoder.
   *
   * @param encoding the content encoding of the stream; null is identity, which has no encoder
   * @param maxUnencoded how many bytes in a series do not need an encoder
   * @param encoders where it is taken from
   */
  LazyEncoder(@Nullable ContentEncoding encoding, int maxUnencoded, EncoderPool encoders) {
    this.encoding =
        encoding == null || encoding.name().equals(IdentityEncoding.NAME) ? null : encoding;
    this.maxUnencoded = maxUnencoded;
    this.encoders = encoders;
  }

  /** Returns the name of the encoding, which the stream declares, or null if it is identity. */
  @Nullable String name() {
    return encoding == null ? null : encoding.name();
  }

  /** Returns the encoder if it exists. */
  @Nullable ContentEncoder get() {
    return encoder;
  }

  /** Returns whether it existed and is closed. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Makes the encoder, which does not exist, if it is needed and there is memory for it; returns
   * whether it did.
   *
   * @param series how many bytes the series has, as far as it is known
   */
  boolean make(long series) {
    ContentEncoding wanted = encoding;
    if (wanted == null || closed || series <= maxUnencoded) {
      return false;
    }
    encoder = encoders.take(wanted);
    return encoder != null;
  }

  /** Gives the encoder back, if it exists. */
  @Override
  public void close() {
    ContentEncoder open = encoder;
    encoder = null;
    if (open != null) {
      closed = true;
      open.close();
    }
  }
}
