// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.function.Function;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;

/**
 * Reads the result of a command from its response.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
interface ResultReader<T> {
  /**
   * Reads the result.
   *
   * @throws WireProtocolException if it is not what the command promises
   */
  T read(CommandResponse response) throws PeerException;

  /** Returns the reader of a response that is exactly one value. */
  static <T> ResultReader<T> ofValue(Function<CborValue, T> parser) {
    return response -> {
      T result = parser.apply(response.nextValue());
      if (response.next() != null) {
        throw WireProtocolException.request(
            WireErrorCode.BAD_RESPONSE, "a second object follows the first");
      }
      return result;
    };
  }
}
