// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks and fills one content store. The same content is not put twice at the same time, and is not
 * put again for a while after a failure; a store that cannot be asked, or that refuses what it is
 * given, {@linkplain StoreRest rests}.
 */
final class StoreFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFeed.class);
  private static final Duration RETRY_DELAY = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 10_000;

  private final ContentStore store;
  private final StoreLookup lookup;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final StoreFaultListener listener;
  private final StoreRest asking;
  private final StoreRest filling;
  private final Set<Reason> reported = EnumSet.noneOf(Reason.class);

  /** When content may be put again; {@link Long#MAX_VALUE} while it is being put. */
  private final Map<ByteString, Long> notBefore = new LinkedHashMap<>();

  /**
   * Makes the feed of a store.
   *
   * @param lookup how the store is asked
   * @param executor puts content into it
   * @param listener learns of faults
   */
  StoreFeed(
      ContentStore store,
      StoreLookup lookup,
      Executor executor,
      StoreFaultListener listener,
      LongSupplier nanoTime) {
    this.store = store;
    this.lookup = lookup;
    this.executor = executor;
    this.listener = listener;
    this.nanoTime = nanoTime;
    asking = new StoreRest(nanoTime);
    filling = new StoreRest(nanoTime);
  }

  /** Returns the redirect target of the store. */
  RedirectTarget target() {
    return store.target();
  }

  /** Returns the name of that target. */
  ByteString name() {
    return target().name();
  }

  /** Returns where the store has the content; null if it does not have it, fails or rests. */
  @Nullable PublishedContent find(ContentDescription content) {
    if (!asking.admits()) {
      return null;
    }
    try {
      PublishedContent published = lookup.find(content);
      asking.worked();
      return published;
    } catch (RejectedExecutionException notAsked) {
      asking.released();
    } catch (IOException | RuntimeException failure) {
      asking.failed();
      report(failure);
    }
    return null;
  }

  /** Puts content into the store, unless that is under way or has just failed. */
  void put(ContentDescription content, Path file) {
    if (!begin(content.sha256())) {
      return;
    }
    try {
      executor.execute(() -> end(content.sha256(), filling.admits() && putNow(content, file)));
    } catch (RejectedExecutionException busy) {
      end(content.sha256(), false);
    }
  }

  private boolean putNow(ContentDescription content, Path file) {
    try {
      store.put(content, file);
      filling.worked();
      return true;
    } catch (ContentStoreException fault) {
      filling.failed();
      report(fault);
    } catch (IOException | RuntimeException failure) {
      filling.released();
      report(failure);
    }
    return false;
  }

  private void report(Exception failure) {
    Reason reason = failure instanceof ContentStoreException fault ? fault.reason() : Reason.FAILED;
    boolean first;
    synchronized (reported) {
      first = reported.add(reason);
    }
    LOG.warn("the content store {} failed", name().excerpt(), failure);
    if (first) {
      listener.storeFailed(target(), reason, String.valueOf(failure.getMessage()));
    }
  }

  private synchronized boolean begin(ByteString sha256) {
    Long wait = notBefore.get(sha256);
    if (wait != null && (wait == Long.MAX_VALUE || nanoTime.getAsLong() - wait < 0)) {
      return false;
    }
    if (notBefore.size() >= MAX_REMEMBERED) {
      notBefore.values().removeIf(time -> time != Long.MAX_VALUE);
      if (notBefore.size() >= MAX_REMEMBERED) {
        return false;
      }
    }
    notBefore.put(sha256, Long.MAX_VALUE);
    return true;
  }

  private synchronized void end(ByteString sha256, boolean done) {
    if (done) {
      notBefore.remove(sha256);
    } else {
      notBefore.put(sha256, nanoTime.getAsLong() + RETRY_DELAY.toNanos());
    }
  }

  /** Ends lookups; the store remains the host's to close. */
  @Override
  public void close() {
    lookup.close();
  }
}
