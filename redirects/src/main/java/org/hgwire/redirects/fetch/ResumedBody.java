// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of content, in order and across cuts: a body that is cut is requested again from where
 * it ended, or from the beginning if that is not possible. For use by one thread, except {@link
 * #cancel}.
 */
final class ResumedBody implements AutoCloseable {
  /**
   * How long the end of a message may take after all content has arrived. Not settable: what comes
   * later is not used.
   */
  private static final long END_MILLIS = 1000;

  /**
   * How often a first request that failed is made again, before the content is taken from
   * elsewhere.
   */
  private static final int MAX_RETRIES = 1;

  private final URI url;
  private final ContentOpener opener;
  private final Receiver receiver;
  private final LongConsumer counter;
  private final BooleanSupplier cancelled;
  private final Pace pace;
  private volatile @Nullable ContentResponse response;
  private @Nullable String validator;
  private final Pauses pauses = new Pauses();
  private int resumes;
  private int retries;
  private long requested;
  private boolean ended;
  private long skip;

  /** What receives the bytes. */
  interface Receiver {
    /** Returns how many bytes of the content were received. */
    long received();

    /** Returns whether all bytes were received. */
    boolean isComplete();

    /**
     * Prepares for the content from its beginning: forgets what is not verified.
     *
     * @return how many bytes are kept and will be skipped
     * @throws RedirectException if that is not possible
     */
    long rewind() throws RedirectException;
  }

  ResumedBody(
      URI url,
      ContentOpener opener,
      Receiver receiver,
      LongConsumer counter,
      BooleanSupplier cancelled,
      Pace pace) {
    this.url = url;
    this.opener = opener;
    this.receiver = receiver;
    this.counter = counter;
    this.cancelled = cancelled;
    this.pace = pace;
  }

  /**
   * Reads the next bytes into {@code buffer}, at most {@code max} of them; returns -1 at the end.
   */
  int read(byte[] buffer, int max) throws RedirectException {
    while (true) {
      try {
        ContentResponse current = response;
        if (current == null && !ended) {
          current = open();
        }
        int wanted = skip > 0 ? (int) Math.min(skip, buffer.length) : max;
        int count = ended || current == null ? -1 : read(current, buffer, wanted);
        ended = count < 0;
        if (count > 0) {
          counter.accept(count);
        }
        if (ended || (count > 0 && skip == 0)) {
          return count;
        }
        skip -= Math.max(count, 0);
      } catch (IOException e) {
        requireOpen();
        RedirectException fault = FetchFaults.of(e, url);
        if (isCut(fault) && response != null && receiver.isComplete()) {
          // All content arrived; only the end of the HTTP message was cut.
          ended = true;
          return -1;
        }
        if (Thread.currentThread().isInterrupted() || !triesAgain(e, fault)) {
          throw fault;
        }
      }
    }
  }

  /**
   * Prepares for another request after a failure, and waits if the host needs time. A body that had
   * begun is resumed; a first request that failed is made a second time.
   */
  private boolean triesAgain(IOException e, RedirectException fault) throws RedirectException {
    boolean begun = response != null || resumes > 0;
    if (begun && isCut(fault)) {
      return again();
    }
    boolean busy = e instanceof BusyHostException;
    if (begun ? !(busy && again()) : !mayRetry(busy, fault)) {
      return false;
    }
    Duration asked = busy ? ((BusyHostException) e).pause() : Duration.ZERO;
    boolean waited = pauses.await(asked.isZero() ? Pauses.STANDARD : asked);
    requireOpen();
    return waited;
  }

  /** Whether a first request is made again: not if it has already cost much time. */
  private boolean mayRetry(boolean busy, RedirectException fault) {
    boolean passing =
        busy || fault.fault() == RedirectFault.CUT || fault.fault() == RedirectFault.UNREACHABLE;
    boolean quick = pace.now() - requested < Pauses.MAX.toNanos();
    return passing && quick && retries++ < MAX_RETRIES;
  }

  private int read(ContentResponse from, byte[] buffer, int wanted) throws IOException {
    CompletableFuture<Void> end = receiver.isComplete() ? cancelLater(from) : null;
    int count = 0;
    pace.begin();
    try {
      count = from.body().read(buffer, 0, wanted);
    } finally {
      pace.received(count);
      if (end != null) {
        end.cancel(false);
      }
    }
    return count;
  }

  /** Nothing but the end of the message is expected: it is not waited for long. */
  private static CompletableFuture<Void> cancelLater(ContentResponse response) {
    return CompletableFuture.runAsync(
        response::cancel, CompletableFuture.delayedExecutor(END_MILLIS, TimeUnit.MILLISECONDS));
  }

  /**
   * Prepares to request the rest again; returns false if that was done too often, or the host was
   * too slow so far.
   */
  boolean again() {
    if (resumes == ContentDownload.MAX_RESUMES || !pace.isSufficient()) {
      return false;
    }
    resumes++;
    pace.reset();
    ended = false;
    skip = 0;
    close();
    return true;
  }

  private static boolean isCut(RedirectException fault) {
    return fault.fault() == RedirectFault.CUT
        || fault.fault() == RedirectFault.TIMEOUT
        || fault.fault() == RedirectFault.UNREACHABLE;
  }

  private ContentResponse open() throws IOException {
    long from = validator == null ? 0 : receiver.received();
    requested = pace.now();
    pace.begin();
    ContentOpener.Opened opened;
    try {
      opened = opener.open(from, validator);
    } finally {
      pace.received(0);
    }
    ContentResponse current = opened.response();
    response = current;
    pace.reset();
    requireOpen();
    validator = opened.validator();
    ended = opened.ended();
    if (opened.from() == 0 && receiver.received() > 0) {
      try {
        skip = receiver.rewind();
      } catch (RedirectException e) {
        resumes = ContentDownload.MAX_RESUMES;
        throw e;
      }
    }
    return current;
  }

  private void requireOpen() throws RedirectException {
    if (cancelled.getAsBoolean()) {
      throw new RedirectException(
          RedirectFault.CUT, "The download from " + FetchFaults.place(url) + " was closed.");
    }
  }

  /** Ends a read or a pause that is blocked; may be called by any thread. */
  void cancel() {
    pauses.close();
    ContentResponse current = response;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public void close() {
    ContentResponse current = response;
    response = null;
    if (current != null) {
      current.close();
    }
  }
}
