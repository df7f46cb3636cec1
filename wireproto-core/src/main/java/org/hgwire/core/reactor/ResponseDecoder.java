// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborEvent.ValueRead;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
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
 * object. What follows an error or a redirect is ignored: the outcome is known, and nothing that
 * comes after it could change it. A redirect whose location is malformed is an event too: the
 * response may be available in another way. Other bytes that are not a response are a fault with
 * the scope of a request.
 */
public final class ResponseDecoder extends IncrementalDecoder<ResponseEvent> {
  private enum State {
    STATUS,
    OBJECTS,
    ENDED
  }

  private static final CborBytes ERROR = CborBytes.utf8("error");
  private static final CborBytes REDIRECT = CborBytes.utf8("redirect");

  private final CborDecoder decoder;
  private State state;

  private ResponseDecoder(WireLimits limits, State state) {
    this.decoder = new CborDecoder(limits);
    this.state = state;
  }

  /** Returns a decoder for a response that begins with a status map. */
  public static ResponseDecoder ofResponse(WireLimits limits) {
    return new ResponseDecoder(limits, State.STATUS);
  }

  /** Returns a decoder for a redirected body, which has only the objects. */
  public static ResponseDecoder ofRedirectedBody(WireLimits limits) {
    return new ResponseDecoder(limits, State.OBJECTS);
  }

  @Override
  protected void accept(ByteBuffer input) {
    if (state != State.ENDED) {
      decoder.feed(input);
    }
  }

  /** False: the CBOR decoder refuses calls while input is left. */
  @Override
  protected boolean hasInput() {
    return false;
  }

  @Override
  protected @Nullable ResponseEvent next() {
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
    ResponseStatus status;
    try {
      status = ResponseStatus.read(first.value());
    } catch (WireProtocolException e) {
      ResponseEvent redirect = malformedRedirect(first.value(), e);
      state = State.ENDED;
      return redirect;
    }
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

  /** Returns the event for a status that cannot be read, if it is that of a redirect. */
  private static ResponseEvent malformedRedirect(CborValue status, WireProtocolException fault) {
    if (!(status instanceof CborMap map) || !REDIRECT.equals(map.get("status"))) {
      throw fault;
    }
    ByteString url =
        map.get("location") instanceof CborMap location
                && location.get("url") instanceof CborBytes bytes
            ? bytes.value()
            : null;
    return new ResponseEvent.MalformedRedirect(url, fault);
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

  @Override
  protected void finish() {
    if (state == State.ENDED) {
      return;
    }
    decoder.endOfInput();
    if (state == State.STATUS) {
      throw WireProtocolException.request(
          WireErrorCode.TRUNCATED, "the response ended before its status map");
    }
  }
}
