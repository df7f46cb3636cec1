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
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
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
  private final Answer answer;
  private final ObjectBytes bytes = new ObjectBytes();
  private @Nullable ObjectSource source;
  private boolean opened;
  private boolean statusSent;
  private boolean ended;

  /** Makes the response to request {@code requestId}, which asked for {@code command}. */
  Response(int requestId, ByteString command, Answer answer) {
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
      if (statusSent || source != null) {
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
    try {
      bytes.close();
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the stream of an object of {} cannot be closed", command, failure);
    }
    try {
      if (source != null) {
        source.close();
      } else if (!opened) {
        answer.abandon();
      }
    } catch (RuntimeException failure) {
      LOG.warn("the objects of {} cannot be closed", command, failure);
    }
  }

  private @Nullable ByteBuffer nextSlice() throws IOException {
    ObjectSource objects = source;
    if (objects == null) {
      opened = true;
      objects = answer.open();
      source = objects;
    }
    if (!statusSent) {
      ResponseObject first = objects.next();
      statusSent = true;
      if (first != null) {
        bytes.take(first);
      }
      return status(new ResponseStatus.Ok());
    }
    ByteBuffer slice = bytes.next();
    while (slice == null) {
      ResponseObject object = objects.next();
      if (object == null) {
        return null;
      }
      bytes.take(object);
      slice = bytes.next();
    }
    return slice;
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
