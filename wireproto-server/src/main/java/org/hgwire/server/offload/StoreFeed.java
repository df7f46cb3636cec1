// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills one content store, at once or by an executor. The same content is not put twice at the same
 * time, and is not put again for a while after a failure.
 */
final class StoreFeed {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFeed.class);
  private static final Duration RETRY_DELAY = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 10_000;

  private final ContentStore store;
  private final Executor executor;
  private final LongSupplier nanoTime;

  /** When content may be put again; {@link Long#MAX_VALUE} while it is being put. */
  private final Map<ByteString, Long> notBefore = new LinkedHashMap<>();

  StoreFeed(ContentStore store, Executor executor, LongSupplier nanoTime) {
    this.store = store;
    this.executor = executor;
    this.nanoTime = nanoTime;
  }

  /** Returns the redirect target of the store. */
  RedirectTarget target() {
    return store.target();
  }

  /** Returns the name of that target. */
  ByteString name() {
    return target().name();
  }

  /** Returns where the store has the content, or null if it does not have it or fails. */
  @Nullable PublishedContent find(ContentDescription content) {
    try {
      return store.find(content);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the content store {} cannot be asked what it has", name().excerpt(), failure);
      return null;
    }
  }

  /** Puts content into the store, unless that is under way or has just failed. */
  void put(ContentDescription content, Path file) {
    if (!begin(content.sha256())) {
      return;
    }
    try {
      executor.execute(() -> end(content.sha256(), putNow(content, file)));
    } catch (RejectedExecutionException busy) {
      end(content.sha256(), false);
    }
  }

  private boolean putNow(ContentDescription content, Path file) {
    try {
      store.put(content, file);
      return true;
    } catch (IOException | RuntimeException failure) {
      LOG.warn(
          "content {} cannot be put into the content store {}",
          content.sha256().hex(),
          name().excerpt(),
          failure);
      return false;
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
}
