// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/** A result that the first thread to wait for it reads from the response. */
final class PendingResult<T> implements CommandResult<T> {
  private final CommandResponse response;
  private final ResultReader<T> reader;
  private @Nullable T value;
  private @Nullable PeerException failure;

  PendingResult(CommandResponse response, ResultReader<T> reader) {
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
      return reader.read(response);
    } catch (WireProtocolException e) {
      throw response.badResponse(e);
    }
  }
}
