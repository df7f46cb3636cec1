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
 * A download of content. The bytes are kept, beyond 64 KiB in a private file, until they are
 * verified, then returned: all at the end, or with segment hashes each segment as soon as it is
 * verified. A download that is cut is resumed, at most three times. For use by one thread, except
 * {@link #close}.
 *
 * <p>A body that was cut is requested from where it ended if the content has a strong validator.
 * Otherwise, and if the server sends all of it again, the download restarts: bytes that were
 * returned are skipped, the others are verified again.
 */
public final class ContentDownload implements AutoCloseable {
  /**
   * How often a download that was cut is resumed; a time-out counts as a cut. Not a WireLimit: it
   * bounds a content host, which does not speak the wire protocol.
   */
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
   * Creates a download; nothing is fetched before {@link #next}.
   *
   * @param url the URL of the content, approved before
   * @param pins the certificates that the server has to show
   * @param expectation what the content is checked against
   * @param hops approves where HTTP redirects lead
   * @param fetcher sends the requests; remains the caller's to close
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

  /** Creates a download with another clock. */
  static ContentDownload of(
      URI url,
      PinSet pins,
      ContentExpectation expectation,
      HopApproval hops,
      ContentFetcher fetcher,
      DownloadOptions options,
      LongSupplier nanoTime) {
    ContentOpener opener =
        new ContentOpener(
            url,
            pins,
            expectation,
            HttpHops.of(options.maxHttpRedirects(), hops, expectation),
            fetcher);
    return new ContentDownload(
        url, expectation, opener, options, new Pace(options.minRate(), nanoTime));
  }

  /**
   * Returns the next verified bytes, or null at the end. Blocks until there are some. The buffer is
   * valid until the next call.
   *
   * @throws RedirectException if the content is unavailable or not what was promised; every later
   *     call throws the same
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

  /** Returns how many bytes {@link #next} returned. */
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

  /** Verifies and keeps the first bytes of the buffer; a corrupt segment is fetched again. */
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

  /** What the body needs to know about this download. */
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
                + " was cut and cannot be resumed, because parts of it were used unverified.");
      }
      long kept = verifier.rewind();
      unverified.truncate(kept);
      return kept;
    }
  }

  /**
   * How much to read at once: not beyond the end of a segment, so that the file is empty after each
   * segment; small segments are read many at a time.
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

  /** Releases everything; called by the holder of the lock. */
  private void release() {
    body.close();
    unverified.close();
  }

  /** Ends the download and deletes the file; may be called by any thread, and again. */
  @Override
  public void close() {
    closed = true;
    if (!reading.isHeldByCurrentThread()) {
      body.cancel();
    }
    releaseIfClosed();
  }

  /**
   * Does nothing while another thread holds the lock: that thread calls this when it releases it.
   */
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
