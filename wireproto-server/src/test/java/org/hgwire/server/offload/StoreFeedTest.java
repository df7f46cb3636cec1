// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StoreFeedTest {
  private static final Path FILE = Path.of("unused");

  private final Store store = new Store();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicLong clock = new AtomicLong(1);
  private final List<String> faults = new ArrayList<>();
  private final StoreFeed feed =
      new StoreFeed(store, store::find, waiting::add, this::record, clock::get);
  private final ContentDescription content = content(1);

  private void record(RedirectTarget target, Reason reason, String message) {
    faults.add(target.name().utf8() + " " + reason + " " + message);
  }

  private static ContentDescription content(int seed) {
    ContentHasher hasher = new ContentHasher(ByteString.utf8("x/y"), 10);
    hasher.update(ByteBuffer.wrap(new byte[] {(byte) seed}));
    return hasher.describe();
  }

  /** A store that can be made to fail. */
  private static class Store implements ContentStore {
    private final Set<ContentDescription> has = new HashSet<>();
    private int puts;
    private int finds;
    private boolean failing;
    private Reason reason = Reason.UNREACHABLE;

    @Override
    public RedirectTarget target() {
      return RedirectTarget.of("far", URI.create("https://far/"));
    }

    @Override
    public @Nullable PublishedContent find(ContentDescription wanted) throws IOException {
      finds++;
      if (failing) {
        throw new ContentStoreException(reason, "the store is unavailable", null);
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
            store::find,
            work -> {
              if (clock.get() == 1) {
                throw new RejectedExecutionException("full");
              }
              later.add(work);
            },
            this::record,
            clock::get);
    refused.put(content, FILE);
    clock.addAndGet(Duration.ofSeconds(60).toNanos());
    refused.put(content, FILE);
    assertThat(later).hasSize(1);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void storeThatFailsRestsLongerAndLonger() {
    store.failing = true;
    feed.find(content);
    for (long rest : new long[] {30, 60, 120, 240, 480, 960, 960}) {
      int before = store.finds;
      pass(Duration.ofSeconds(rest - 1));
      assertThat(feed.find(content)).isNull();
      assertThat(store.finds).as("during the rest").isEqualTo(before);
      pass(Duration.ofSeconds(1));
      feed.find(content);
      assertThat(store.finds).as("after %s s", rest).isEqualTo(before + 1);
    }
    pass(Duration.ofMinutes(16));
    store.failing = false;
    store.has.add(content);
    assertThat(feed.find(content)).isNotNull();
    assertThat(feed.find(content)).isNotNull();
  }

  @Test
  void storeThatRefusesContentIsNotFilledForAWhile() {
    StoreFeed full =
        new StoreFeed(
            new Store() {
              @Override
              public void put(ContentDescription given, Path file) throws IOException {
                // refused
                throw new ContentStoreException(Reason.DENIED, "no", null);
              }
            },
            given -> null,
            waiting::add,
            this::record,
            clock::get);
    full.put(content(1), FILE);
    full.put(content(2), FILE);
    runAll();
    assertThat(faults).containsExactly("far DENIED no");
    assertThat(full.find(content(1))).as("it can still be asked").isNull();
  }

  @Test
  void eachKindOfFaultIsToldOnce() {
    store.failing = true;
    for (Reason reason : new Reason[] {Reason.DENIED, Reason.DENIED, Reason.CLOCK_SKEW}) {
      store.reason = reason;
      feed.find(content);
      pass(Duration.ofHours(1));
    }
    assertThat(faults)
        .containsExactly(
            "far DENIED the store is unavailable", "far CLOCK_SKEW the store is unavailable");
  }
}
