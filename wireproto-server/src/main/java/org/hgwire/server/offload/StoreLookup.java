// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;

/** Asks a content store what it has, on behalf of requests. Called by several threads at once. */
interface StoreLookup extends AutoCloseable {
  /**
   * Returns where the store has the content, or null if it does not have it.
   *
   * @throws RejectedExecutionException if the store was not asked
   * @throws IOException if it cannot be asked
   */
  @Nullable PublishedContent find(ContentDescription content) throws IOException;

  @Override
  default void close() {}

  /**
   * Returns the lookup in a store behind a network: by one thread of its own, within {@code limit}
   * in all. Calls that wait for a store that does not respond end then, and others at once.
   */
  static StoreLookup within(Duration limit, ContentStore store) {
    return new Timed(store, limit);
  }

  /** The lookup of {@link #within}. */
  final class Timed implements StoreLookup {
    private static final int MAX_WAITING = 64;

    private final ContentStore store;
    private final Duration limit;
    private final ThreadPoolExecutor thread;
    private volatile @Nullable Question asked;

    private Timed(ContentStore store, Duration limit) {
      this.store = store;
      this.limit = limit;
      thread =
          new ThreadPoolExecutor(
              1,
              1,
              30,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(MAX_WAITING),
              work -> {
                Thread lookups = new Thread(work, "hgwire-lookups");
                lookups.setDaemon(true);
                return lookups;
              });
      thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public @Nullable PublishedContent find(ContentDescription content) throws IOException {
      Question current = asked;
      if (current != null && current.isOverdue()) {
        throw new RejectedExecutionException("an earlier lookup has not ended");
      }
      Question question = new Question(content);
      Future<@Nullable PublishedContent> response = thread.submit(question);
      try {
        return response.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException late) {
        response.cancel(true);
        throw question.late();
      } catch (InterruptedException interrupted) {
        response.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("a lookup in a content store was interrupted");
      } catch (ExecutionException failed) {
        throw failure(failed.getCause());
      }
    }

    private static IOException failure(@Nullable Throwable cause) {
      if (cause instanceof RuntimeException bug) {
        throw bug;
      }
      if (cause instanceof Error serious) {
        throw serious;
      }
      return cause instanceof IOException io ? io : new IOException(cause);
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }

    /** One lookup. */
    private final class Question implements Callable<@Nullable PublishedContent> {
      private final ContentDescription content;
      private final long since = System.nanoTime();
      private volatile boolean begun;

      Question(ContentDescription content) {
        this.content = content;
      }

      @Override
      public @Nullable PublishedContent call() throws IOException {
        begun = true;
        asked = this;
        try {
          return store.find(content);
        } finally {
          asked = null;
        }
      }

      boolean isOverdue() {
        return System.nanoTime() - since > limit.toNanos();
      }

      /** Returns the outcome for a caller that has waited long enough. */
      IOException late() {
        if (!begun) {
          throw new RejectedExecutionException("earlier lookups took all the time");
        }
        return new ContentStoreException(
            Reason.UNREACHABLE,
            "the content store did not respond within "
                + limit.toMillis()
                + " ms; check its endpoint and the network",
            null);
      }
    }
  }
}
