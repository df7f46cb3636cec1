// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.InputStream;
import org.hgwire.core.cbor.CborValue;

/** One object of a response. */
public sealed interface ResponseObject {
  /**
   * A whole value, in memory.
   *
   * @param value the value
   */
  record Value(CborValue value) implements ResponseObject {}

  /**
   * A byte string of indefinite length, or one longer than {@link
   * org.hgwire.core.WireLimit#WHOLE_BYTE_STRING}, as a stream. It is read from the response, so it
   * ends when the next object is read, which skips the rest of it. A read throws {@link
   * PeerException} and nothing else.
   *
   * @param length the length in bytes, or -1 if it is indefinite
   * @param stream the bytes
   */
  record Bytes(long length, InputStream stream) implements ResponseObject {}
}
