// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of frames with a client: requests are pushed in, responses are pulled out.
 *
 * <p>The work is done in the calls, so the caller sets the pace: {@link #nextOutput} advances the
 * command whose turn it is until a buffer is full, and nothing runs between the calls. The data of
 * a command is passed to it in {@link #receive}.
 *
 * <p>Responses are produced one after the other, in the order in which their requests were
 * complete: so only one command at a time holds resources, and a failure never ends a stream in
 * which another response is incomplete. No response begins before the input is whole, so that a
 * fault in the input is found before any output, with two exceptions: the data of a command is
 * passed on as it arrives, and when the waiting requests reach a limit, they get their responses
 * before more is read.
 *
 * <p>Used by one thread at a time, not always the same.
 */
public final class CommandExchange implements AutoCloseable {
  /** A call returns after this many slices, whether a buffer is full or not. */
  private static final int MAX_SLICES_PER_CALL = 1024;

  /** A call takes no further slice after this time: a client that has gone is noticed between. */
  private static final long MAX_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** What was produced is sent after this time, whether a frame is full or not. */
  private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final ByteBuffer NOTHING_YET = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final ServerReactor reactor;
  private final CommandDispatcher dispatcher;
  private final PendingRequests pending;
  private final RequestEvents events;
  private final LongSupplier nanoTime;
  private @Nullable WireProtocolException fault;
  private long unclaimedBytes;
  private boolean silent;
  private long silentSince;
  private boolean anyCommand;
  private boolean faultTold;
  private boolean inputEnded;
  private boolean responding;
  private boolean finished;
  private boolean closed;

  /**
   * Makes an exchange that reports to no listener.
   *
   * @param options what the server offers
   * @param authorization what the caller may do, and in which repository
   * @param scope which commands may be called
   */
  public CommandExchange(ServerOptions options, Authorization authorization, CommandScope scope) {
    this(options, authorization, scope, RequestEvents.silent());
  }

  /**
   * Makes an exchange.
   *
   * @param options what the server offers
   * @param authorization what the caller may do, and in which repository
   * @param scope which commands may be called
   * @param events reports commands and faults to the listener
   */
  public CommandExchange(
      ServerOptions options,
      Authorization authorization,
      CommandScope scope,
      RequestEvents events) {
    this(options, authorization, scope, events, System::nanoTime);
  }

  /** Makes an exchange with another clock. */
  CommandExchange(
      ServerOptions options,
      Authorization authorization,
      CommandScope scope,
      RequestEvents events,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.events = events;
    reactor = new ServerReactor(options.limits(), options.encodings(), options.memory());
    dispatcher = new CommandDispatcher(options, authorization, scope, reactor::responseEncoding);
    pending = new PendingRequests(reactor, options.limits(), events);
  }

  /**
   * Returns whether the next input is wanted now: not while there is a response to produce and the
   * waiting requests hold as much as they may, and not after a fault.
   */
  public boolean wantsInput() {
    if (closed || inputEnded || fault != null) {
      return false;
    }
    boolean full = pending.isFull() || !reactor.wantsInput();
    return !full || !pending.isResponding();
  }

  /**
   * Consumes the next input, all of it, and passes the data of commands to them.
   *
   * @throws IllegalStateException if no input is wanted
   */
  public void receive(ByteBuffer input) {
    if (!wantsInput()) {
      throw new IllegalStateException("no input is wanted now");
    }
    unclaimedBytes += input.remaining();
    reactor.receive(input);
    readEvents();
    if (!wantsInput() && fault == null) {
      responding = true;
    }
  }

  /** Reports the end of the input. */
  public void endOfInput() {
    if (closed || inputEnded || fault != null) {
      return;
    }
    inputEnded = true;
    reactor.endOfInput();
    readEvents();
    if (fault == null && !anyCommand) {
      inputFailed(
          WireProtocolException.connection(
              WireErrorCode.TRUNCATED, "the request body has no command"));
    }
    responding |= fault == null;
  }

  /**
   * Returns how the input broke the protocol, or null if it did not. If that was found before
   * {@link #responding}, there is no output; otherwise an error frame for each unfinished request.
   */
  public @Nullable WireProtocolException fault() {
    return fault;
  }

  /** Returns whether responses have begun, so that {@link #nextOutput} may return something. */
  public boolean responding() {
    return responding;
  }

  /**
   * Returns the next bytes to send, or null if there are none now: the exchange is {@linkplain
   * #finished finished} or waits for input. After an empty buffer there may be more: call the
   * method again. The caller owns the buffer.
   *
   * @throws IOException if the input was found to be malformed after all requests so far had their
   *     responses: no request is left to carry the error, and the transport must cut the connection
   */
  public @Nullable ByteBuffer nextOutput() throws IOException {
    if (!responding || closed) {
      return null;
    }
    long begun = nanoTime.getAsLong();
    if (!silent) {
      silent = true;
      silentSince = begun;
    }
    for (int slice = 0; slice < MAX_SLICES_PER_CALL; slice++) {
      ByteBuffer output = reactor.pollOutput();
      if (output != null) {
        silent = false;
        return output;
      }
      Progress progress = pending.advance();
      if (progress == Progress.NONE) {
        return lastOutput();
      }
      long now = nanoTime.getAsLong();
      if (progress == Progress.NOT_YET || now - begun >= MAX_TURN_NANOS) {
        return endOfTurn(now);
      }
    }
    return NOTHING_YET;
  }

  /** Returns what was produced if it has waited long enough, and nothing otherwise. */
  private ByteBuffer endOfTurn(long now) {
    ByteBuffer output = null;
    if (now - silentSince >= MAX_SILENCE_NANOS) {
      reactor.flush();
      output = reactor.pollOutput();
    }
    silent = output == null;
    return output == null ? NOTHING_YET : output;
  }

  private @Nullable ByteBuffer lastOutput() throws IOException {
    ByteBuffer output = reactor.pollOutput();
    if (output == null) {
      WireProtocolException failed = fault;
      if (failed != null && !faultTold) {
        throw new IOException(failed);
      }
      finished = failed != null || (inputEnded && !pending.isReceiving());
    }
    return output;
  }

  /** Gives back what can be made again, because the client has not read for a while. */
  public void pause() {
    if (!closed) {
      reactor.releaseEncoder();
    }
  }

  /** Returns whether every request has its response, and all output was returned. */
  public boolean finished() {
    return finished;
  }

  /** Stops the work and frees all resources. May be called again. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    pending.cutAll();
    reactor.close();
  }

  private void readEvents() {
    try {
      ServerEvent event = reactor.poll();
      while (event != null && fault == null) {
        handle(event);
        event = fault == null ? reactor.poll() : null;
      }
    } catch (WireProtocolException e) {
      inputFailed(e);
    }
  }

  private void handle(ServerEvent event) {
    if (event instanceof ServerEvent.CommandReceived received) {
      commandReceived(received);
    } else if (event instanceof ServerEvent.CommandRefused refused) {
      anyCommand = true;
      pending.add(
          refused.requestId(),
          CommandReport.UNKNOWN,
          PendingResponse.failing(refused.fault()),
          claimBytes());
    } else if (event instanceof ServerEvent.CommandDataReceived data) {
      unclaimedBytes = Math.max(0, unclaimedBytes - data.data().remaining());
      pending.dataReceived(data);
    } else if (event instanceof ServerEvent.CommandDataEnded ended) {
      pending.dataEnded(ended.requestId());
    } else if (event instanceof ServerEvent.ProtocolFailed failed) {
      inputFailed(failed.fault());
    }
  }

  private void commandReceived(ServerEvent.CommandReceived received) {
    anyCommand = true;
    long bytes = claimBytes();
    String name = dispatcher.nameOf(received.request());
    if (!received.dataFollows()) {
      pending.add(received.requestId(), name, dispatcher.dispatch(received.request()), bytes);
      return;
    }
    pending.requireRoomForData(bytes);
    pending.addReceiving(
        received.requestId(), name, dispatcher.dispatchWithData(received.request()), bytes);
  }

  private long claimBytes() {
    long bytes = unclaimedBytes;
    unclaimedBytes = 0;
    return bytes;
  }

  private void inputFailed(WireProtocolException found) {
    fault = found;
    String message = String.valueOf(found.getMessage());
    events.refused(message);
    if (responding) {
      faultTold = pending.failAll(message);
    }
    pending.cutAll();
  }
}
