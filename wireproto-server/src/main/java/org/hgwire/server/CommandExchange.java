// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of frames with a client: requests are pushed in, responses are pulled out.
 *
 * <p>The work is done in the calls, so the pace is the caller's: {@link #nextOutput} advances the
 * command whose turn it is until a buffer is full, and nothing runs between the calls. The data of
 * a command is given to it in {@link #receive}.
 *
 * <p>Responses are produced one after the other, in the order in which their requests were
 * complete: then one command at a time holds resources, and the failure of one never ends a stream
 * in which another is in the middle. Nothing is answered before the input is whole, so that a fault
 * in it is found before any output, with two exceptions: the data of a command is passed on as it
 * arrives, and when the requests that wait reach a limit, they are answered before more is read.
 *
 * <p>Used by one thread at a time, not always the same.
 */
public final class CommandExchange implements AutoCloseable {
  /** A caller gets control back after this many slices, whether a buffer is full or not. */
  private static final int SLICES_A_CALL = 1024;

  /** What was produced is sent after this time, whether a frame is full or not. */
  private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(1);

  private static final ByteBuffer NOTHING_YET = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final ServerReactor reactor;
  private final CommandDispatcher admission;
  private final WireLimits limits;
  private final LongSupplier nanoTime;
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private final Map<Integer, Receiving> receiving = new HashMap<>();
  private @Nullable Turn current;
  private @Nullable WireProtocolException fault;
  private long unclaimedBytes;
  private long waitingBytes;
  private long receivingBytes;
  private boolean anyCommand;
  private boolean faultTold;
  private boolean inputEnded;
  private boolean answering;
  private boolean finished;
  private boolean closed;

  /** A request whose response is being produced, or waits for its turn. */
  private record Turn(Response response, long bytes) {}

  /** A request whose data is being received. */
  private record Receiving(DataIntake intake, ByteString command, long bytes) {}

  /**
   * Makes an exchange.
   *
   * @param options what the server offers
   * @param authorization what the caller may do, and in which repository
   * @param scope which commands may be called
   */
  public CommandExchange(ServerOptions options, Authorization authorization, CommandScope scope) {
    this(options, authorization, scope, System::nanoTime);
  }

  /** Makes an exchange with a clock of its own. */
  CommandExchange(
      ServerOptions options,
      Authorization authorization,
      CommandScope scope,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    reactor = new ServerReactor(options.limits(), options.encodings());
    admission = new CommandDispatcher(options, authorization, scope);
    limits = options.limits();
  }

  /**
   * Returns whether the next input is wanted now: not while there is something to answer and the
   * requests that wait hold as much as they may, and not after a fault.
   */
  public boolean wantsInput() {
    if (closed || inputEnded || fault != null) {
      return false;
    }
    boolean full =
        waitingBytes >= limits.intOf(WireLimit.MAX_REQUEST_BYTES) || !reactor.wantsInput();
    return !full || (current == null && waiting.isEmpty());
  }

  /**
   * Takes the next input, all of it, and gives the data of commands to them.
   *
   * @throws IllegalStateException if none is wanted
   */
  public void receive(ByteBuffer input) {
    if (!wantsInput()) {
      throw new IllegalStateException("no input is wanted now");
    }
    unclaimedBytes += input.remaining();
    reactor.receive(input);
    readEvents();
    if (!wantsInput() && fault == null) {
      answering = true;
    }
  }

  /** Says that no input follows. */
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
              WireErrorCode.TRUNCATED, "the request body holds no command"));
    }
    answering |= fault == null;
  }

  /**
   * Returns how the input broke the protocol, or null if it did not. If it was found before {@link
   * #answering}, there is no output; otherwise an error frame for each unfinished request.
   */
  public @Nullable WireProtocolException fault() {
    return fault;
  }

  /** Returns whether answers are being given, so that {@link #nextOutput} may return something. */
  public boolean answering() {
    return answering;
  }

  /**
   * Returns the next bytes to send, or null if there are none now: the exchange is {@linkplain
   * #finished finished} or waits for input. An empty buffer means that more is to be asked for. The
   * caller owns the buffer.
   *
   * @throws IOException if the input failed when all requests so far were answered: there is none
   *     left to tell it to, and the connection is to be cut
   */
  public @Nullable ByteBuffer nextOutput() throws IOException {
    if (!answering || closed) {
      return null;
    }
    long begun = nanoTime.getAsLong();
    for (int slice = 0; slice < SLICES_A_CALL; slice++) {
      ByteBuffer output = reactor.pollOutput();
      if (output != null) {
        return output;
      }
      if (!advance()) {
        return lastOutput();
      }
      if (nanoTime.getAsLong() - begun >= LONGEST_SILENCE) {
        reactor.flush();
      }
    }
    return NOTHING_YET;
  }

  private @Nullable ByteBuffer lastOutput() throws IOException {
    ByteBuffer output = reactor.pollOutput();
    if (output == null) {
      WireProtocolException failed = fault;
      if (failed != null && !faultTold) {
        throw new IOException(failed);
      }
      finished = failed != null || (inputEnded && receiving.isEmpty());
    }
    return output;
  }

  /** Returns whether all that was asked is answered, and all output was given out. */
  public boolean finished() {
    return finished;
  }

  /** Stops the work and frees all that is held. May be called again. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    releaseAll();
    reactor.close();
  }

  private boolean advance() {
    Turn turn = current;
    if (turn == null) {
      turn = waiting.poll();
      current = turn;
    }
    if (turn == null) {
      return false;
    }
    if (!turn.response().advance(reactor)) {
      current = null;
      waitingBytes -= turn.bytes();
    }
    return true;
  }

  private void readEvents() {
    try {
      ServerEvent event = reactor.poll();
      while (event != null && fault == null) {
        take(event);
        event = fault == null ? reactor.poll() : null;
      }
    } catch (WireProtocolException e) {
      inputFailed(e);
    }
  }

  private void take(ServerEvent event) {
    if (event instanceof ServerEvent.CommandReceived received) {
      commandReceived(received);
    } else if (event instanceof ServerEvent.CommandRefused refused) {
      anyCommand = true;
      PendingResponse answer = admission.malformed(refused.fault());
      enqueue(refused.requestId(), ByteString.utf8("(malformed)"), answer, claimBytes());
    } else if (event instanceof ServerEvent.CommandDataReceived data) {
      dataReceived(data);
    } else if (event instanceof ServerEvent.CommandDataEnded ended) {
      Receiving whole = receiving.remove(ended.requestId());
      if (whole != null) {
        receivingBytes -= whole.bytes();
        enqueue(ended.requestId(), whole.command(), whole.intake(), whole.bytes());
      }
    } else if (event instanceof ServerEvent.ProtocolFailed failed) {
      inputFailed(failed.fault());
    }
  }

  private void commandReceived(ServerEvent.CommandReceived received) {
    anyCommand = true;
    long bytes = claimBytes();
    int id = received.requestId();
    ByteString name = received.request().name();
    if (!received.dataFollows()) {
      enqueue(id, name, admission.admit(received.request()), bytes);
      return;
    }
    if (receiving.size() >= limits.intOf(WireLimit.MAX_HALF_OPEN_REQUESTS)
        || receivingBytes + bytes > limits.intOf(WireLimit.MAX_HALF_OPEN_BYTES)) {
      throw WireProtocolException.connection(
          WireErrorCode.LIMIT, "too many commands wait for their data at once");
    }
    DataIntake intake = admission.admitWithData(received.request());
    reactor.allowCommandData(id, intake.most());
    receiving.put(id, new Receiving(intake, name, bytes));
    receivingBytes += bytes;
  }

  private void dataReceived(ServerEvent.CommandDataReceived data) {
    unclaimedBytes = Math.max(0, unclaimedBytes - data.data().remaining());
    Receiving target = receiving.get(data.requestId());
    if (target != null) {
      target.intake().receive(data.data());
    }
  }

  private void enqueue(int requestId, ByteString name, PendingResponse answer, long bytes) {
    waitingBytes += bytes;
    waiting.add(new Turn(new Response(requestId, name, answer), bytes));
  }

  private long claimBytes() {
    long bytes = unclaimedBytes;
    unclaimedBytes = 0;
    return bytes;
  }

  private void inputFailed(WireProtocolException found) {
    fault = found;
    if (answering) {
      String message = String.valueOf(found.getMessage());
      turns().forEach(turn -> turn.response().fail(reactor, ErrorResponse.Type.PROTOCOL, message));
      receiving.forEach(
          (id, half) ->
              new Response(id, half.command(), half.intake())
                  .fail(reactor, ErrorResponse.Type.PROTOCOL, message));
      faultTold = current != null || !waiting.isEmpty() || !receiving.isEmpty();
    }
    releaseAll();
  }

  private void releaseAll() {
    turns().forEach(turn -> turn.response().release());
    receiving.values().forEach(half -> half.intake().abandon());
    current = null;
    waiting.clear();
    receiving.clear();
  }

  private List<Turn> turns() {
    List<Turn> turns = new ArrayList<>(waiting);
    if (current != null) {
      turns.add(0, current);
    }
    return turns;
  }
}
