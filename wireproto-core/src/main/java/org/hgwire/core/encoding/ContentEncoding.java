// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import org.hgwire.core.WireLimits;

/** A content encoding profile. Implementations are stateless and may be shared between threads. */
public interface ContentEncoding {
  /** Returns the name of the profile on the wire: ASCII. */
  String name();

  /** Returns how much memory outside the heap an encoder needs at most, in bytes. */
  long encoderBytes();

  /** Returns how much memory outside the heap a decoder needs at most, in bytes. */
  long decoderBytes(WireLimits limits);

  /** Returns a new encoder for one stream; the caller closes it. */
  ContentEncoder newEncoder();

  /** Returns a new decoder for one stream that enforces {@code limits}; the caller closes it. */
  ContentDecoder newDecoder(WireLimits limits);
}
