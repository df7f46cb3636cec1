// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

/** The bits of a frame's stream flags. */
public final class StreamFlags {
  /** The first frame of its stream. */
  public static final int BEGIN = 0x01;

  /** The last frame of its stream. */
  public static final int END = 0x02;

  /** The payload is encoded with the stream's content encoding. */
  public static final int ENCODED = 0x04;

  /** All bits that the protocol defines. */
  public static final int DEFINED = BEGIN | END | ENCODED;

  private StreamFlags() {}
}
