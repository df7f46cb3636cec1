// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.function.Function;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/** A reply that is read from the response to its command by whoever waits first. */
final class PendingResult<T> implements CommandResult<T> {
  private final CommandResponse response;
  private final Function<CborValue, T> reader;
  private @Nullable T value;
  private @Nullable PeerException failure;

  PendingResult(CommandResponse response, Function<CborValue, T> reader) {
    this.response = response;
    this.reader = reader;
  }

  @Override
  public synchronized T await() throws PeerException {
    if (failure != null) {
      throw failure.again();
    }
    T known = value;
    if (known != null) {
      return known;
    }
    try {
      T result = read();
      value = result;
      return result;
    } catch (PeerException e) {
      failure = e;
      throw e;
    }
  }

  private T read() throws PeerException {
    try {
      T result = reader.apply(response.nextValue());
      if (response.next() != null) {
        throw response.badResponse(WireErrorCode.BAD_RESPONSE, "a second object follows the first");
      }
      return result;
    } catch (WireProtocolException e) {
      throw response.badResponse(e);
    }
  }
}
