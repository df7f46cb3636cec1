// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEncoder;
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
 * The response to one request while it is being produced: advanced a slice at a time. Its faults
 * affect no other response.
 *
 * <p>A command that fails before its first object gets a response with the status {@code error}.
 * One that fails later gets an error frame of type {@code command}: the reference sends an ordinary
 * map {@code {error, status: error}} there, which its own client reads as one more object; both
 * understand an error frame. Any other failure is an error frame of type {@code server} without
 * details; the log has them.
 */
final class Response {
  private static final Logger LOG = LoggerFactory.getLogger(Response.class);
  private static final String SERVER_FAILED =
      "internal server error; see the server log, or report this to the server's administrator";

  private final int requestId;
  private final String command;
  private final PendingResponse pending;
  private final RequestEvents events;
  private @Nullable CommandEvents commandEvents;
  private @Nullable EncodedObjects objects;
  private @Nullable ByteBuffer held;
  private OptionalLong decodedBytes = OptionalLong.empty();
  private boolean opened;
  private boolean statusSent;
  private boolean ended;

  /**
   * Makes the response to a request.
   *
   * @param command the name of its command, or {@link CommandReport#UNKNOWN}
   */
  Response(int requestId, String command, PendingResponse pending, RequestEvents events) {
    this.requestId = requestId;
    this.command = command;
    this.pending = pending;
    this.events = events;
  }

  /** Does the next piece of the work. */
  Progress advance(ServerReactor reactor) {
    try {
      ByteBuffer slice = nextSlice();
      if (slice != null) {
        return slice.hasRemaining() ? send(reactor, slice) : Progress.NOT_YET;
      }
    } catch (CommandException refusal) {
      refuse(reactor, refusal);
      return Progress.NONE;
    } catch (WireProtocolException fault) {
      if (statusSent) {
        failInternally(reactor, fault);
      } else {
        fail(reactor, ErrorResponse.Type.PROTOCOL, String.valueOf(fault.getMessage()));
      }
      return Progress.NONE;
    } catch (IOException | RuntimeException fault) {
      failInternally(reactor, fault);
      return Progress.NONE;
    }
    release();
    reactor.endResponse(requestId);
    events().ended(objectCount());
    return Progress.NONE;
  }

  private Progress send(ServerReactor reactor, ByteBuffer slice) {
    if (decodedBytes.isPresent()) {
      events().bytes(decodedBytes.getAsLong());
      reactor.respondEncoded(requestId, slice);
    } else {
      events().bytes(slice.remaining());
      reactor.respond(requestId, slice);
    }
    return Progress.MORE;
  }

  /** Ends the response with an error frame, at whatever point it is. */
  void fail(ServerReactor reactor, ErrorResponse.Type type, String message) {
    if (opened && type != ErrorResponse.Type.SERVER) {
      events().refused(message);
    }
    release();
    if (statusSent) {
      // What was produced before the fault is still delivered.
      reactor.flush();
    }
    reactor.failResponse(requestId, new ErrorResponse(type, RichMessage.of(message)));
    if (opened) {
      events().ended(objectCount());
    }
  }

  /** Stops the response without telling the client. May be called again. */
  void cut() {
    if (opened && !ended) {
      events().cut();
      release();
      events().ended(objectCount());
    } else {
      release();
    }
  }

  private void release() {
    if (ended) {
      return;
    }
    ended = true;
    held = null;
    try {
      if (objects != null) {
        objects.close();
      } else if (!opened) {
        pending.abandon();
      }
    } catch (RuntimeException failure) {
      LOG.warn("the objects of {} cannot be closed", command, failure);
    }
  }

  private @Nullable ByteBuffer nextSlice() throws IOException {
    if (!statusSent) {
      ByteBuffer status = begin();
      statusSent = status.hasRemaining();
      return status;
    }
    EncodedObjects inline = objects;
    if (inline == null) {
      return null;
    }
    ByteBuffer slice = held == null ? inline.next() : held;
    held = null;
    decodedBytes = inline.decodedBytes();
    return slice;
  }

  /** Opens the response, and returns its status as soon as its first bytes are ready. */
  private ByteBuffer begin() throws IOException {
    EncodedObjects inline = objects;
    if (inline == null) {
      opened = true;
      CommandEvents begun = events();
      ResponseOrigin origin = pending.open();
      if (origin instanceof ResponseOrigin.Redirected redirected) {
        begun.redirected(redirected.target().excerpt());
        return status(new ResponseStatus.Redirected(redirected.location()));
      }
      inline = ((ResponseOrigin.Inline) origin).objects();
      objects = inline;
    }
    // A command can still refuse until it has returned its first bytes.
    ByteBuffer first = inline.next();
    if (first != null && !first.hasRemaining()) {
      return first;
    }
    held = first;
    return status(new ResponseStatus.Ok());
  }

  private void refuse(ServerReactor reactor, CommandException refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (statusSent) {
      fail(reactor, ErrorResponse.Type.COMMAND, message);
      return;
    }
    events().refused(message);
    release();
    reactor.respond(
        requestId, status(new ResponseStatus.Failed(new CommandError(RichMessage.of(message)))));
    reactor.endResponse(requestId);
    events().ended(objectCount());
  }

  private void failInternally(ServerReactor reactor, Exception fault) {
    LOG.error("the command {} failed", command, fault);
    events().failed(fault);
    fail(reactor, ErrorResponse.Type.SERVER, SERVER_FAILED);
  }

  private CommandEvents events() {
    CommandEvents begun = commandEvents;
    if (begun == null) {
      begun = events.command(command);
      commandEvents = begun;
    }
    return begun;
  }

  private OptionalLong objectCount() {
    return objects == null ? OptionalLong.empty() : objects.objectCount();
  }

  private static ByteBuffer status(ResponseStatus status) {
    return CborEncoder.encode(status.toCbor()).asByteBuffer();
  }
}
