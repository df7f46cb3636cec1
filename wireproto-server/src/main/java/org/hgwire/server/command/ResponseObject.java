// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.InputStream;
import org.hgwire.core.cbor.CborValue;

/** One top-level object of a response. */
public sealed interface ResponseObject {
  /**
   * A value in memory.
   *
   * @param value the value
   */
  record Value(CborValue value) implements ResponseObject {}

  /**
   * A byte string of known length that is streamed.
   *
   * @param length its length in bytes; the stream must have exactly as many
   * @param content its bytes; closed by the consumer of the object
   */
  record DefiniteBytes(long length, InputStream content) implements ResponseObject {}

  /**
   * A byte string of indefinite length that is streamed.
   *
   * @param content its bytes; closed by the consumer of the object
   */
  record IndefiniteBytes(InputStream content) implements ResponseObject {}

  /**
   * No object yet: the source has worked for a while and has more to do. The server looks whether
   * the client is still there, lets other requests have their turn, and asks the source again.
   */
  record NotYet() implements ResponseObject {}
}
