// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.hgwire.core.message.SegmentHashes;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.ContentVerifier;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * A content that is being downloaded. It is spooled, beyond 64 KiB to a private file, and verified,
 * then given out: as a whole, or with segment hashes each segment as soon as it is verified. A
 * download that is cut is resumed, at most three times. For one thread, but {@link #close}.
 *
 * <p>A body that broke off is asked for from where it ended, if the content has a strong validator;
 * else, and where the server sends all of it again, it begins anew: what was given out is verified
 * and stays so, the rest is verified again.
 */
public final class ContentDownload implements AutoCloseable {
  /** How often a download that was cut is resumed. */
  public static final int MAX_RESUMES = 3;

  private static final int BUFFER = 64 * 1024;

  private final URI url;
  private final @Nullable SegmentHashes segments;
  private final ContentVerifier verifier;
  private final DownloadOptions options;
  private final long size;
  private final UnverifiedBytes unverified;
  private final ResumedBody body;
  private final ReentrantLock reading = new ReentrantLock();
  private final byte[] buffer = new byte[BUFFER];
  private volatile boolean closed;
  private @Nullable RedirectException failure;
  private boolean finished;
  private long delivered;

  private ContentDownload(
      URI url,
      ContentExpectation expectation,
      ContentOpener opener,
      DownloadOptions options,
      Pace pace) {
    this.url = url;
    this.segments = options.releaseUnverified() ? null : expectation.segments();
    this.verifier = new ContentVerifier(expectation);
    this.options = options;
    this.size = expectation.size().orElse(-1);
    this.unverified = new UnverifiedBytes(options.directory(), options.maxBytesOnDisk());
    this.body =
        new ResumedBody(url, opener, new Progress(), options.received(), () -> closed, pace);
  }

  /**
   * Makes a download; nothing is fetched before {@link #next}.
   *
   * @param url where the content is, judged before
   * @param pins whom the server must be
   * @param expectation what the content must be
   * @param hops judges where HTTP redirects lead
   * @param fetcher stays the caller's
   */
  public static ContentDownload of(
      URI url,
      PinSet pins,
      ContentExpectation expectation,
      HopApproval hops,
      ContentFetcher fetcher,
      DownloadOptions options) {
    return of(url, pins, expectation, hops, fetcher, options, System::nanoTime);
  }

  /** Makes a download with a clock of its own. */
  static ContentDownload of(
      URI url,
      PinSet pins,
      ContentExpectation expectation,
      HopApproval hops,
      ContentFetcher fetcher,
      DownloadOptions options,
      LongSupplier nanoTime) {
    ContentOpener opener =
        new ContentOpener(url, pins, expectation, hops, fetcher, options.maxHttpRedirects());
    return new ContentDownload(url, expectation, opener, options, new Pace(nanoTime));
  }

  /**
   * Returns the next verified bytes, or null at the end. Waits for them. Valid until the next call.
   *
   * @throws RedirectException if the content cannot be had, or is not what was promised; every
   *     later call throws the same
   */
  public @Nullable ByteBuffer next() throws RedirectException {
    reading.lock();
    try {
      if (failure != null) {
        throw new RedirectException(failure.fault(), String.valueOf(failure.getMessage()), failure);
      }
      return advance();
    } catch (RedirectException e) {
      failure = e;
      release();
      throw e;
    } finally {
      reading.unlock();
      releaseIfClosed();
    }
  }

  /** Returns how many bytes were given out. */
  public long delivered() {
    return delivered;
  }

  private @Nullable ByteBuffer advance() throws RedirectException {
    while (true) {
      requireOpen();
      long usable = verifier.verified() - delivered;
      if (usable > 0 && !options.releaseUnverified()) {
        ByteBuffer piece = unverified.take(usable);
        delivered += piece.remaining();
        return piece;
      }
      if (finished) {
        release();
        return null;
      }
      int count = body.read(buffer, wanted());
      if (count < 0) {
        verifier.finish();
        finished = true;
      } else if (options.releaseUnverified()) {
        verifier.update(ByteBuffer.wrap(buffer, 0, count));
        delivered += count;
        return ByteBuffer.wrap(buffer, 0, count);
      } else {
        keep(count);
      }
    }
  }

  /** Verifies and keeps the first bytes of the buffer; a damaged segment is fetched again. */
  private void keep(int count) throws RedirectException {
    long before = verifier.received();
    try {
      verifier.update(ByteBuffer.wrap(buffer, 0, count));
      unverified.append(ByteBuffer.wrap(buffer, 0, count));
    } catch (RedirectException e) {
      if (segments == null || e.fault() != RedirectFault.HASH || !body.again()) {
        throw e;
      }
      long kept = verifier.rewind();
      if (kept > before) {
        unverified.append(ByteBuffer.wrap(buffer, 0, (int) (kept - before)));
      } else {
        unverified.truncate(kept);
      }
    }
  }

  /** What the body is told of this download. */
  private final class Progress implements ResumedBody.Receiver {
    @Override
    public long received() {
      return verifier.received();
    }

    @Override
    public boolean isComplete() {
      return verifier.received() == size;
    }

    @Override
    public long rewind() throws RedirectException {
      if (options.releaseUnverified()) {
        throw new RedirectException(
            RedirectFault.CUT,
            "The content of "
                + FetchFaults.place(url)
                + " broke off and cannot be resumed after parts of it were used.");
      }
      long kept = verifier.rewind();
      unverified.truncate(kept);
      return kept;
    }
  }

  /**
   * How much to read at once: not beyond the end of a segment, so that the file is empty when a
   * segment was given out; small segments are read many at a time.
   */
  private int wanted() {
    if (segments == null) {
      return BUFFER;
    }
    long length = segments.segmentSize();
    long atOnce = Math.max(1, BUFFER / length) * length;
    return (int) Math.min(BUFFER, atOnce - verifier.received() % length);
  }

  private void requireOpen() throws RedirectException {
    if (closed) {
      throw new RedirectException(
          RedirectFault.CUT, "The download from " + FetchFaults.place(url) + " was closed.");
    }
  }

  /** Frees everything; for the holder of the lock. */
  private void release() {
    body.close();
    unverified.close();
  }

  /** Ends the download and deletes the file, from any thread. May be called again. */
  @Override
  public void close() {
    closed = true;
    if (!reading.isHeldByCurrentThread()) {
      body.cancel();
    }
    releaseIfClosed();
  }

  /** Where another thread holds the lock this does nothing, and that thread does the same after. */
  private void releaseIfClosed() {
    if (closed && reading.tryLock()) {
      try {
        release();
      } finally {
        reading.unlock();
      }
    }
  }
}
