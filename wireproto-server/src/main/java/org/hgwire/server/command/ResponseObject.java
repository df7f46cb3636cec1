// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.InputStream;
import org.hgwire.core.cbor.CborValue;

/** One top-level object of a response. */
public sealed interface ResponseObject {
  /**
   * A value that is held whole.
   *
   * @param value the value
   */
  record Value(CborValue value) implements ResponseObject {}

  /**
   * A byte string of known length that is streamed.
   *
   * @param length its length in bytes; the stream must give exactly as many
   * @param content its bytes; closed by whoever consumes the object
   */
  record DefiniteBytes(long length, InputStream content) implements ResponseObject {}

  /**
   * A byte string of indefinite length that is streamed.
   *
   * @param content its bytes; closed by whoever consumes the object
   */
  record IndefiniteBytes(InputStream content) implements ResponseObject {}
}
