// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.hgwire.core.message.SegmentHashes;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.ContentVerifier;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * A content that is being downloaded. It is spooled to a private file and verified, then given out:
 * as a whole, or with segment hashes each segment as soon as it is verified. A download that is cut
 * is resumed, at most three times. For one thread, but {@link #close}.
 *
 * <p>A body that broke off is asked for from where it ended, if the content has a strong validator;
 * else, and where the server sends all of it again, it begins anew: what was given out is verified
 * and stays so, the rest is verified again.
 */
public final class ContentDownload implements AutoCloseable {
  /** How often a download that was cut is resumed. */
  public static final int MOST_RESUMES = 3;

  private static final int BUFFER = 64 * 1024;

  private final URI url;
  private final @Nullable SegmentHashes segments;
  private final ContentOpener opener;
  private final ContentVerifier verifier;
  private final DownloadOptions options;
  private final long size;
  private final Spool spool;
  private final ReentrantLock reading = new ReentrantLock();
  private final byte[] buffer = new byte[BUFFER];
  private volatile @Nullable ContentResponse response;
  private volatile boolean closed;
  private @Nullable RedirectException failure;
  private @Nullable String validator;
  private int resumes;
  private boolean bodyEnded;
  private boolean finished;
  private long skip;
  private long delivered;

  private ContentDownload(
      URI url, ContentExpectation expectation, ContentOpener opener, DownloadOptions options) {
    this.url = url;
    this.segments = options.releaseUnverified() ? null : expectation.segments();
    this.opener = opener;
    this.verifier = new ContentVerifier(expectation);
    this.options = options;
    this.size = expectation.size().orElse(-1);
    this.spool = new Spool(options.directory(), options.mostOnDisk());
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
    ContentOpener opener =
        new ContentOpener(url, pins, expectation, hops, fetcher, options.maxHttpRedirects());
    return new ContentDownload(url, expectation, opener, options);
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
      long usable = (finished ? verifier.received() : verifier.verified()) - delivered;
      if (usable > 0 && !options.releaseUnverified()) {
        ByteBuffer piece = spool.take(usable);
        delivered += piece.remaining();
        return piece;
      }
      if (finished) {
        release();
        return null;
      }
      int count = read();
      if (count < 0) {
        verifier.finish();
        finished = true;
        continue;
      }
      verifier.update(ByteBuffer.wrap(buffer, 0, count));
      if (options.releaseUnverified()) {
        delivered += count;
        return ByteBuffer.wrap(buffer, 0, count);
      }
      spool.append(ByteBuffer.wrap(buffer, 0, count));
    }
  }

  /** Reads the next bytes of the content into the buffer, through cuts; -1 at the end. */
  private int read() throws RedirectException {
    while (true) {
      try {
        if (bodyEnded) {
          return -1;
        }
        ContentResponse current = response;
        if (current == null) {
          current = open();
        }
        int count = bodyEnded ? -1 : current.body().read(buffer, 0, wanted());
        if (count > 0) {
          options.received().accept(count);
        }
        if (skip > 0 && count > 0) {
          skip -= count;
          continue;
        }
        bodyEnded = count < 0;
        if (count != 0) {
          return count;
        }
      } catch (IOException e) {
        requireOpen();
        RedirectException fault = FetchFaults.of(e, url);
        if (isCut(fault) && response != null && verifier.received() == size) {
          // All of it came; what broke off is the end of the HTTP message.
          bodyEnded = true;
          return -1;
        }
        if (!isResumable(fault)) {
          throw fault;
        }
        closeResponse();
        resumes++;
      }
    }
  }

  private static boolean isCut(RedirectException fault) {
    return fault.fault() == RedirectFault.CUT
        || fault.fault() == RedirectFault.TIMEOUT
        || fault.fault() == RedirectFault.UNREACHABLE;
  }

  /** A body that broke off after it began; what a first request meets is not tried again. */
  private boolean isResumable(RedirectException fault) {
    boolean begun = response != null || resumes > 0;
    return isCut(fault) && begun && resumes < MOST_RESUMES;
  }

  private ContentResponse open() throws IOException {
    long from = validator == null ? 0 : verifier.received();
    ContentOpener.Opened opened = opener.open(from, validator);
    ContentResponse current = opened.response();
    response = current;
    requireOpen();
    validator = opened.validator();
    bodyEnded = opened.ended();
    if (opened.from() == 0 && verifier.received() > 0) {
      restart();
    }
    return current;
  }

  /** The content comes from its beginning once more. */
  private void restart() throws RedirectException {
    if (options.releaseUnverified()) {
      resumes = MOST_RESUMES;
      throw new RedirectException(
          RedirectFault.CUT,
          "The content of "
              + FetchFaults.place(url)
              + " broke off and cannot be resumed after parts of it were used.");
    }
    skip = verifier.rewind();
    spool.truncate(skip);
  }

  /**
   * How much to read at once: not beyond the end of a segment, so that the file is empty when a
   * segment was given out; small segments are read many at a time.
   */
  private int wanted() {
    if (skip > 0) {
      return (int) Math.min(skip, BUFFER);
    }
    if (segments == null) {
      return BUFFER;
    }
    long size = segments.segmentSize();
    long atOnce = Math.max(1, BUFFER / size) * size;
    return (int) Math.min(BUFFER, atOnce - verifier.received() % size);
  }

  private void requireOpen() throws RedirectException {
    if (closed) {
      throw new RedirectException(
          RedirectFault.CUT, "The download from " + FetchFaults.place(url) + " was closed.");
    }
  }

  private void closeResponse() {
    ContentResponse current = response;
    response = null;
    if (current != null) {
      current.close();
    }
  }

  /** Frees everything; for the holder of the lock. */
  private void release() {
    closeResponse();
    spool.close();
  }

  /** Ends the download and deletes the file, from any thread. May be called again. */
  @Override
  public void close() {
    closed = true;
    ContentResponse current = response;
    if (current != null && !reading.isHeldByCurrentThread()) {
      current.cancel();
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
