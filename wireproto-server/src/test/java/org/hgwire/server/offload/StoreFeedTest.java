// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StoreFeedTest {
  private static final Path FILE = Path.of("unused");

  private final Store store = new Store();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicLong clock = new AtomicLong(1);
  private final StoreFeed feed = new StoreFeed(store, waiting::add, clock::get);
  private final ContentDescription content = content(1);

  private static ContentDescription content(int seed) {
    ContentHasher hasher = new ContentHasher(ByteString.utf8("x/y"), 10);
    hasher.update(ByteBuffer.wrap(new byte[] {(byte) seed}));
    return hasher.describe();
  }

  /** A store that can be made to fail. */
  private static final class Store implements ContentStore {
    private final Set<ContentDescription> has = new HashSet<>();
    private int puts;
    private boolean failing;

    @Override
    public RedirectTarget target() {
      return RedirectTarget.of("far", URI.create("https://far/"));
    }

    @Override
    public @Nullable PublishedContent find(ContentDescription wanted) throws IOException {
      if (failing) {
        throw new IOException("the store is unavailable");
      }
      return has.contains(wanted)
          ? new PublishedContent(URI.create("https://far/x"), List.of(), List.of())
          : null;
    }

    @Override
    public void put(ContentDescription given, Path file) throws IOException {
      puts++;
      if (failing) {
        throw new IOException("the store is unavailable");
      }
      has.add(given);
    }

    @Override
    public void close() {}
  }

  private void runAll() {
    for (Runnable work = waiting.poll(); work != null; work = waiting.poll()) {
      work.run();
    }
  }

  @Test
  void contentIsPutOnceAndFoundWhenStored() {
    feed.put(content, FILE);
    feed.put(content, FILE);
    assertThat(waiting).hasSize(1);
    assertThat(feed.find(content)).isNull();
    runAll();
    assertThat(feed.find(content)).isNotNull();
    feed.put(content(2), FILE);
    assertThat(waiting).hasSize(1);
  }

  @Test
  void failedPutIsRetriedAfterAWhileAndNotBefore() {
    store.failing = true;
    feed.put(content, FILE);
    runAll();
    assertThat(feed.find(content)).as("a store that fails has nothing").isNull();
    clock.addAndGet(Duration.ofSeconds(59).toNanos());
    feed.put(content, FILE);
    assertThat(waiting).isEmpty();
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    store.failing = false;
    feed.put(content, FILE);
    runAll();
    assertThat(store.puts).isEqualTo(2);
    assertThat(feed.find(content)).isNotNull();
  }

  @Test
  void fullExecutorIsTriedAgainAfterAWhile() {
    Queue<Runnable> later = new ArrayDeque<>();
    StoreFeed refused =
        new StoreFeed(
            store,
            work -> {
              if (clock.get() == 1) {
                throw new RejectedExecutionException("full");
              }
              later.add(work);
            },
            clock::get);
    refused.put(content, FILE);
    clock.addAndGet(Duration.ofSeconds(60).toNanos());
    refused.put(content, FILE);
    assertThat(later).hasSize(1);
  }
}
