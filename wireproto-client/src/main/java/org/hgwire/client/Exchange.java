// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one HTTP exchange, and the queues of their responses.
 *
 * <p>There is no thread for the I/O. A reader whose {@link ResponseQueue} is empty calls {@link
 * #advance}: it takes the lock, does one step of I/O, and puts the result into the queue of the
 * response that it belongs to. The lock is fair, so a reader whose bytes another one received gets
 * to them before that one continues. The reactor is polled for one event at a time, so what a
 * single read decompresses to stays in the reactor until a reader needs it.
 *
 * <p>An exchange of commands that read is retried if it fails before any outcome was delivered; see
 * {@link RetryPolicy}.
 */
final class Exchange {
  private final Session session;
  private final PeerOptions options;
  private final URI url;
  private final RedirectTrail trail;
  private final ExchangeFaults faults;
  private volatile List<CommandRequest> requests;
  private final ResponseQueues queues;
  private final boolean repeatable;
  private final ReentrantLock io = new ReentrantLock(true);
  private volatile @Nullable Attempt attempt;
  private volatile boolean sent;
  private final Retries retries;

  /**
   * Makes an exchange.
   *
   * @param trail what was tried before for the same response
   * @param failures how many exchanges for it failed before
   */
  Exchange(Session session, List<CommandRequest> requests, RedirectTrail trail, int failures) {
    this.session = session;
    this.options = session.options();
    this.url = session.handshake().target(requests);
    this.requests = List.copyOf(requests);
    this.repeatable = requests.stream().noneMatch(session.handshake()::writes);
    this.trail = trail;
    this.faults = new ExchangeFaults(url, options.limits().intOf(WireLimit.MAX_TEXT_BYTES));
    this.retries = new Retries(options, failures);
    this.queues = new ResponseQueues(requests, options.spill());
  }

  /** Returns the queue of the request at {@code index}. */
  ResponseQueue queue(int index) {
    return queues.get(index);
  }

  /**
   * Returns the request at {@code index}; once sent, with the redirect offer that was sent with it.
   */
  CommandRequest request(int index) {
    return requests.get(index);
  }

  /** Returns how many attempts failed. */
  int failures() {
    return retries.failures();
  }

  /** Returns the options of the peer. */
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
      requests = session.offering(requests, trail);
      open();
    } finally {
      io.unlock();
      releaseIfDone();
    }
  }

  /** Opens an attempt, and another one as long as a retry is allowed. */
  private void open() throws PeerException {
    while (true) {
      try {
        attempt = Attempt.open(session.connector(), options, url, requests, queues.all());
        return;
      } catch (PeerException e) {
        if (!pauseForAnother(e)) {
          failAll(e);
          throw e;
        }
      } catch (RuntimeException e) {
        failAll(faults.broken("could not be started", e));
        throw e;
      }
    }
  }

  /** Returns whether to make another attempt, after the pause that comes before it. */
  private boolean pauseForAnother(PeerException failure) {
    return repeatable && !queues.isDone() && retries.pauseAfter(failure);
  }

  /**
   * Returns the next bytes of a response. Null means, after I/O if that was needed, that the
   * response is complete, was restarted, or may have bytes now.
   */
  @Nullable ByteBuffer take(ResponseQueue queue) throws PeerException {
    ByteBuffer bytes = queue.take();
    if (bytes == null && !queue.isExhausted()) {
      if (queue.isClosed()) {
        throw new TransportException("The response to " + queue.command() + " was closed.", null);
      }
      advance(queue);
    }
    return bytes;
  }

  /** Does I/O until {@code queue} is ready. */
  private void advance(ResponseQueue queue) throws PeerException {
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

  /** See {@link ResponseQueues#deliver}. */
  boolean deliver(ResponseQueue queue, int generation) {
    return queues.deliver(queue, generation);
  }

  /** Polls one event, reading if necessary, and dispatches it. The caller holds the lock. */
  private void step() throws PeerException {
    Attempt current = attempt;
    if (current == null) {
      failAll(faults.broken("was closed", null));
      return;
    }
    try {
      ClientEvent event = current.next(queues.isAwaitingFirstObject());
      if (event == null || event instanceof ClientEvent.InputEnded) {
        fail(faults.truncated());
      } else {
        dispatch(current, event);
      }
    } catch (IOException e) {
      fail(TransportFaults.of(e, current.url()));
    } catch (RuntimeException e) {
      failAll(faults.broken("failed in this client", e));
      throw e;
    }
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
        queue.fail(faults.serverError(queue.command(), error.error()));
      }
    } else if (event instanceof ClientEvent.RequestFailed failed) {
      requestFailed(current, failed);
    } else if (event instanceof ClientEvent.TextOutputReceived text) {
      options
          .listener()
          .textReceived(text.text().render(options.limits().intOf(WireLimit.MAX_TEXT_BYTES)));
    } else if (event instanceof ClientEvent.ProgressReceived progress) {
      options.listener().progressReceived(progress.update());
    } else if (event instanceof ClientEvent.ProtocolFailed failed) {
      failAll(faults.protocol(failed.fault()));
    }
  }

  private void requestFailed(Attempt current, ClientEvent.RequestFailed failed) throws IOException {
    PeerException fault = faults.protocol(failed.fault());
    ResponseQueue queue = current.queue(failed.requestId());
    if (failed.fault().code() == WireErrorCode.TRUNCATED && queue != null && !queue.isDone()) {
      fail(fault);
    } else if (queue != null) {
      queue.fail(fault);
    }
  }

  /** Ends the attempt; starts another one if a retry is allowed, else fails every response. */
  private void fail(PeerException failure) throws PeerException {
    release();
    if (!queues.isDelivered() && pauseForAnother(failure) && restartQueues()) {
      open();
    } else {
      failAll(failure);
    }
  }

  private boolean restartQueues() throws PeerException {
    try {
      return queues.restart();
    } catch (IOException e) {
      throw TransportFaults.of(e, url);
    }
  }

  private void failAll(PeerException failure) {
    queues.fail(failure);
    release();
  }

  /** Frees the connection. The caller holds the lock. */
  private void release() {
    Attempt current = attempt;
    attempt = null;
    if (current != null) {
      current.close();
    }
  }

  /** Cancels one response; cancelling the last one ends the HTTP exchange. */
  void close(ResponseQueue queue) {
    queue.close();
    Attempt current = attempt;
    if (current != null && queues.isDone()) {
      current.cancel();
      releaseIfDone();
    }
  }

  /**
   * Cancels one response of which little or nothing is still to come: after the last one the
   * connection can be reused.
   */
  void leave(ResponseQueue queue) {
    queue.close();
    releaseIfDone();
  }

  /**
   * Frees the connection if nothing more is expected from it. If another thread holds the lock,
   * this does nothing: that thread does the same once it has released the lock.
   */
  private void releaseIfDone() {
    if (attempt != null && queues.isDone() && io.tryLock()) {
      try {
        release();
      } finally {
        io.unlock();
      }
    }
  }
}
