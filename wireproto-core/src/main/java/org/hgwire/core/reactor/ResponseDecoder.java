// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborEvent.ValueRead;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.message.CommandError;
import org.hgwire.core.message.ResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response to one request: the status map, then the objects.
 *
 * <pre>
 * state    status map                                  other value    bytes in pieces
 * STATUS   ok: OBJECTS; error, redirect: event, ENDED  refused        refused
 * OBJECTS  an error: CommandFailed, ENDED; else object object         object
 * ENDED    dropped                                     dropped        dropped
 * </pre>
 *
 * <p>A command that fails in the middle of its objects says so, as Mercurial's server does, in one
 * more map {@code {status: error, error: {…}}} among them; such a map is never delivered as an
 * object. What follows an error or a redirect is dropped unread: the outcome is known, and nothing
 * that comes after it could change it.
 *
 * <p>Not safe for use by several threads.
 */
public final class ResponseDecoder {
  private enum State {
    STATUS,
    OBJECTS,
    ENDED
  }

  private static final CborBytes ERROR = CborBytes.utf8("error");

  private final CborDecoder decoder;
  private State state;
  private @Nullable WireProtocolException fault;

  private ResponseDecoder(WireLimits limits, State state) {
    this.decoder = new CborDecoder(limits);
    this.state = state;
  }

  /** Returns a decoder of a response that begins with a status map. */
  public static ResponseDecoder ofResponse(WireLimits limits) {
    return new ResponseDecoder(limits, State.STATUS);
  }

  /** Returns a decoder of a redirected body: the objects alone. */
  public static ResponseDecoder ofRedirectedBody(WireLimits limits) {
    return new ResponseDecoder(limits, State.OBJECTS);
  }

  /**
   * Gives the decoder its next input, which {@link #poll} reads. The buffer must not change until
   * that has returned null.
   *
   * @throws IllegalStateException if earlier input is left, or the decoder has failed or was ended
   */
  public void feed(ByteBuffer input) {
    if (state != State.ENDED) {
      decoder.feed(input);
    }
  }

  /**
   * Returns the next event, or null when the input is used up.
   *
   * @throws WireProtocolException with scope REQUEST if the bytes are not a response; every later
   *     call throws the same
   */
  public @Nullable ResponseEvent poll() {
    if (fault != null) {
      throw fault;
    }
    try {
      return next();
    } catch (WireProtocolException found) {
      throw failed(found);
    }
  }

  private @Nullable ResponseEvent next() {
    while (state != State.ENDED) {
      CborEvent event = decoder.poll();
      if (event == null) {
        return null;
      }
      ResponseEvent found = state == State.STATUS ? status(event) : object(event);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** "The first CBOR value […] is special and denotes the overall status of the command." */
  private @Nullable ResponseEvent status(CborEvent event) {
    if (!(event instanceof ValueRead first)) {
      throw WireProtocolException.request(
          WireErrorCode.BAD_RESPONSE, "the response begins with a byte string, not a status map");
    }
    ResponseStatus status = ResponseStatus.read(first.value());
    state = State.ENDED;
    if (status instanceof ResponseStatus.Failed failed) {
      return new ResponseEvent.CommandFailed(failed.error());
    }
    if (status instanceof ResponseStatus.Redirected redirected) {
      return new ResponseEvent.Redirected(redirected.location());
    }
    state = State.OBJECTS;
    return null;
  }

  private ResponseEvent object(CborEvent event) {
    if (event instanceof ValueRead read
        && read.value() instanceof CborMap map
        && ERROR.equals(map.get("status"))
        && map.get("error") instanceof CborMap error) {
      state = State.ENDED;
      return new ResponseEvent.CommandFailed(CommandError.read(error));
    }
    return new ResponseEvent.ObjectReceived(event);
  }

  /**
   * Says that no input follows.
   *
   * @throws WireProtocolException with code TRUNCATED and scope REQUEST if the status map is
   *     missing or a value is incomplete; the same as {@link #poll} if that has thrown
   */
  public void endOfInput() {
    if (fault != null) {
      throw fault;
    }
    if (state == State.ENDED) {
      return;
    }
    try {
      decoder.endOfInput();
      if (state == State.STATUS) {
        throw WireProtocolException.request(
            WireErrorCode.TRUNCATED, "the response ended before its status map");
      }
    } catch (WireProtocolException found) {
      throw failed(found);
    }
  }

  private WireProtocolException failed(WireProtocolException found) {
    fault = found;
    return found;
  }
}
