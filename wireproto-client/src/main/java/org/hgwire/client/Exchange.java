// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.reactor.ClientEvent;
import org.jspecify.annotations.Nullable;

/**
 * Some requests that share one HTTP exchange, and the queues of their responses.
 *
 * <p>No thread pumps. A reader whose {@link ResponseQueue} is empty calls {@link #advance}: it
 * takes the lock, does one step of I/O, and hands what that gives to whom it belongs. The lock is
 * fair, so a reader whose bytes were found by another gets to them before that one reads on. The
 * reactor is asked for one event at a time, so what a single read decompresses to waits in the
 * reactor, not in memory, until somebody wants it.
 *
 * <p>An exchange of read commands that fails before any outcome was delivered is made again, see
 * {@link RetryPolicy}.
 */
final class Exchange {
  private final Connector connector;
  private final PeerOptions options;
  private final URI url;
  private final List<CommandRequest> requests;
  private final List<ResponseQueue> queues = new ArrayList<>();
  private final boolean repeatable;
  private final ReentrantLock io = new ReentrantLock(true);
  private volatile @Nullable Attempt attempt;
  private volatile boolean sent;
  private int attempts;
  private boolean delivered;

  Exchange(
      Connector connector,
      PeerOptions options,
      URI url,
      List<CommandRequest> requests,
      boolean repeatable) {
    this.connector = connector;
    this.options = options;
    this.url = url;
    this.requests = List.copyOf(requests);
    this.repeatable = repeatable;
    ByteBudget memory = new ByteBudget(options.spill().bytesPerExchange());
    ByteBudget disk = new ByteBudget(options.spill().bytesOnDisk());
    for (CommandRequest request : requests) {
      queues.add(new ResponseQueue(request.name().toString(), options.spill(), memory, disk));
    }
  }

  /** Returns the queue of the request at {@code index}. */
  ResponseQueue queue(int index) {
    return queues.get(index);
  }

  /** Returns what responses are held to. */
  PeerOptions options() {
    return options;
  }

  /** Sends the requests and waits for the head of the response. */
  void send() throws PeerException {
    io.lock();
    try {
      if (sent) {
        throw new IllegalStateException("the requests were sent before");
      }
      sent = true;
      open();
    } finally {
      io.unlock();
      releaseIfDone();
    }
  }

  /** Opens an attempt, and another one while that is worth it. */
  private void open() throws PeerException {
    while (true) {
      attempts++;
      try {
        attempt = Attempt.open(connector, options, url, requests, queues);
        return;
      } catch (PeerException e) {
        if (!pauseForAnother(e)) {
          failAll(e);
          throw e;
        }
      } catch (RuntimeException e) {
        failAll(
            new TransportException(
                "The exchange with " + TransportFaults.place(url) + " could not be made.", e));
        throw e;
      }
    }
  }

  /** Returns whether the exchange is to be made again, after the pause that comes before that. */
  private boolean pauseForAnother(PeerException failure) {
    RetryPolicy retries = options.retries();
    if (!repeatable
        || attempts >= retries.attempts()
        || !TransportFaults.isTransient(failure)
        || isDone()) {
      return false;
    }
    Duration pause = retries.pauseAfter(attempts);
    options.listener().attemptFailed(failure, pause);
    try {
      retries.sleeper().sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Does I/O until {@code queue} is ready. */
  void advance(ResponseQueue queue) throws PeerException {
    if (!sent) {
      throw new IllegalStateException("the batch was not sent");
    }
    while (!queue.isReady()) {
      io.lock();
      try {
        if (!queue.isReady()) {
          step();
        }
      } finally {
        io.unlock();
        releaseIfDone();
      }
    }
  }

  /**
   * Notes that an outcome is about to be delivered of a response that was begun {@code generation}
   * times anew.
   *
   * @return false if it was begun anew meanwhile: the outcome is of the past, and not to be used
   */
  synchronized boolean deliver(ResponseQueue queue, int generation) {
    if (queue.generation() != generation) {
      return false;
    }
    delivered = true;
    return true;
  }

  private synchronized boolean restart() throws IOException {
    if (delivered) {
      return false;
    }
    for (ResponseQueue queue : queues) {
      queue.restart();
    }
    return true;
  }

  private synchronized boolean isDelivered() {
    return delivered;
  }

  /** Takes one event, reading if it takes that, and hands it on. Holds the lock. */
  private void step() throws PeerException {
    Attempt current = attempt;
    if (current == null) {
      failAll(
          new TransportException(
              "The exchange with " + TransportFaults.place(url) + " was closed.", null));
      return;
    }
    try {
      ClientEvent event = current.next(timeout());
      if (event == null || event instanceof ClientEvent.InputEnded) {
        fail(truncated());
      } else {
        dispatch(current, event);
      }
    } catch (IOException e) {
      fail(TransportFaults.of(e, current.url()));
    } catch (RuntimeException e) {
      failAll(
          new TransportException(
              "The exchange with " + TransportFaults.place(url) + " broke off here.", e));
      throw e;
    }
  }

  /** A server may think long before the first object of a response, not in its middle. */
  private Duration timeout() {
    return queues.stream().anyMatch(ResponseQueue::isAwaitingFirstObject)
        ? options.firstByteTimeout()
        : options.idleTimeout();
  }

  private void dispatch(Attempt current, ClientEvent event) throws IOException {
    if (event instanceof ClientEvent.ResponseReceived received) {
      ResponseQueue queue = current.queue(received.requestId());
      if (queue != null) {
        queue.add(received.data());
      }
    } else if (event instanceof ClientEvent.ResponseEnded ended) {
      ResponseQueue queue = current.queue(ended.requestId());
      if (queue != null) {
        queue.end();
      }
    } else if (event instanceof ClientEvent.ErrorReceived error) {
      ResponseQueue queue = current.queue(error.requestId());
      if (queue != null) {
        queue.fail(serverError(queue.command(), error.error()));
      }
    } else if (event instanceof ClientEvent.RequestFailed failed) {
      requestFailed(current, failed);
    } else if (event instanceof ClientEvent.TextOutputReceived text) {
      options.listener().textReceived(text.text().render(options.limits().maxTextBytes()));
    } else if (event instanceof ClientEvent.ProgressReceived progress) {
      options.listener().progressReceived(progress.update());
    } else if (event instanceof ClientEvent.ProtocolFailed failed) {
      failAll(protocolFault(failed.fault()));
    }
  }

  private void requestFailed(Attempt current, ClientEvent.RequestFailed failed) throws IOException {
    PeerException fault = protocolFault(failed.fault());
    ResponseQueue queue = current.queue(failed.requestId());
    if (failed.fault().code() == WireErrorCode.TRUNCATED && queue != null && !queue.isDone()) {
      fail(fault);
    } else if (queue != null) {
      queue.fail(fault);
    }
  }

  private PeerException serverError(String command, ErrorResponse error) {
    String message = error.message().render(options.limits().maxTextBytes());
    if (error.type() == ErrorResponse.Type.PROTOCOL) {
      return protocolFault(
          new WireProtocolException(
              WireErrorCode.PEER_ERROR,
              ErrorScope.REQUEST,
              ErrorOrigin.PEER,
              "the server could not follow the request: " + PrintableText.of(message)));
    }
    return new CommandFailedException(command, PrintableText.of(message), null);
  }

  private PeerProtocolException protocolFault(WireProtocolException fault) {
    return new PeerProtocolException(
        "The answer of "
            + TransportFaults.place(url)
            + " cannot be used ("
            + fault.code().text()
            + "): "
            + fault.getMessage(),
        fault);
  }

  private PeerException truncated() {
    return protocolFault(
        WireProtocolException.connection(
            WireErrorCode.TRUNCATED, "it ended before all responses were complete"));
  }

  /** Ends the attempt; makes another one if that is allowed, else fails every response. */
  private void fail(PeerException failure) throws PeerException {
    release();
    if (!isDelivered() && pauseForAnother(failure) && restartQueues()) {
      open();
    } else {
      failAll(failure);
    }
  }

  private boolean restartQueues() throws PeerException {
    try {
      return restart();
    } catch (IOException e) {
      throw TransportFaults.of(e, url);
    }
  }

  private void failAll(PeerException failure) {
    for (ResponseQueue queue : queues) {
      queue.fail(failure);
    }
    release();
  }

  private boolean isDone() {
    return queues.stream().allMatch(ResponseQueue::isDone);
  }

  /** Frees the connection; for the holder of the lock. */
  private void release() {
    Attempt current = attempt;
    attempt = null;
    if (current != null) {
      current.close();
    }
  }

  /** Gives up one response; the last one that is given up ends the HTTP exchange. */
  void close(ResponseQueue queue) {
    queue.close();
    Attempt current = attempt;
    if (current != null && isDone()) {
      current.cancel();
      releaseIfDone();
    }
  }

  /**
   * Frees the connection if nothing is expected from it any more. Where another thread holds the
   * lock this does nothing, and that thread does the same when it has let go of the lock.
   */
  private void releaseIfDone() {
    if (attempt != null && isDone() && io.tryLock()) {
      try {
        release();
      } finally {
        io.unlock();
      }
    }
  }
}
