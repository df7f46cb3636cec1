// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.message.CommandError;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ResponseStatus;
import org.hgwire.core.message.RichMessage;
import org.hgwire.core.reactor.ServerReactor;
import org.hgwire.server.command.CommandException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response to one request while it is being produced: advanced a slice at a time, and its
 * faults touch nothing but itself.
 *
 * <p>A command that fails before its first object is answered with the status {@code error}. One
 * that fails later is answered with an error frame of type {@code command}: the reference sends an
 * ordinary map {@code {error, status: error}} there, which its own client takes for one more
 * object; an error frame is understood by both. Anything else that fails is an error frame of type
 * {@code server} that gives no details; the log has them.
 */
final class Response {
  private static final Logger LOG = LoggerFactory.getLogger(Response.class);
  private static final String SERVER_FAILED =
      "the server failed to answer this command; its log says why";

  private final int requestId;
  private final ByteString command;
  private final PendingResponse answer;
  private @Nullable EncodedObjects objects;
  private @Nullable ByteBuffer held;
  private boolean opened;
  private boolean statusSent;
  private boolean ended;

  /** Makes the response to request {@code requestId}, which asked for {@code command}. */
  Response(int requestId, ByteString command, PendingResponse answer) {
    this.requestId = requestId;
    this.command = command;
    this.answer = answer;
  }

  /** Does the next piece of the work; returns whether there is more. */
  boolean advance(ServerReactor reactor) {
    ByteBuffer slice;
    try {
      slice = nextSlice();
    } catch (CommandException refusal) {
      refuse(reactor, refusal);
      return false;
    } catch (WireProtocolException fault) {
      if (statusSent) {
        failInternally(reactor, fault);
      } else {
        fail(reactor, ErrorResponse.Type.PROTOCOL, String.valueOf(fault.getMessage()));
      }
      return false;
    } catch (IOException | RuntimeException fault) {
      failInternally(reactor, fault);
      return false;
    }
    if (slice != null) {
      reactor.respond(requestId, slice);
      return true;
    }
    release();
    reactor.endResponse(requestId);
    return false;
  }

  /** Ends the response with an error frame, wherever it is. */
  void fail(ServerReactor reactor, ErrorResponse.Type type, String message) {
    release();
    if (statusSent) {
      // What was produced before the fault is still delivered.
      reactor.flush();
    }
    reactor.failResponse(requestId, new ErrorResponse(type, RichMessage.of(message)));
  }

  /** Frees all that is held; the client is not told. May be called again. */
  void release() {
    if (ended) {
      return;
    }
    ended = true;
    held = null;
    try {
      if (objects != null) {
        objects.close();
      } else if (!opened) {
        answer.abandon();
      }
    } catch (RuntimeException failure) {
      LOG.warn("the objects of {} cannot be closed", command, failure);
    }
  }

  private @Nullable ByteBuffer nextSlice() throws IOException {
    if (!statusSent) {
      ByteBuffer status = begin();
      statusSent = true;
      return status;
    }
    ByteBuffer first = held;
    if (first != null) {
      held = null;
      return first;
    }
    return objects == null ? null : objects.next();
  }

  private ByteBuffer begin() throws IOException {
    opened = true;
    ResponseOrigin origin = answer.open();
    if (origin instanceof ResponseOrigin.Redirected redirected) {
      return status(new ResponseStatus.Redirected(redirected.location()));
    }
    EncodedObjects inline = ((ResponseOrigin.Inline) origin).objects();
    objects = inline;
    // Until it has given its first bytes a command can still refuse.
    held = inline.next();
    return status(new ResponseStatus.Ok());
  }

  private void refuse(ServerReactor reactor, CommandException refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (statusSent) {
      fail(reactor, ErrorResponse.Type.COMMAND, message);
      return;
    }
    release();
    reactor.respond(
        requestId, status(new ResponseStatus.Failed(new CommandError(RichMessage.of(message)))));
    reactor.endResponse(requestId);
  }

  private void failInternally(ServerReactor reactor, Exception fault) {
    LOG.error("the command {} failed", command, fault);
    fail(reactor, ErrorResponse.Type.SERVER, SERVER_FAILED);
  }

  private static ByteBuffer status(ResponseStatus status) {
    CborMap map = status.toCbor();
    return CborEncoder.encode(map).asByteBuffer();
  }
}
