// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StoreLookupTest {
  private static final ContentDescription CONTENT =
      new ContentHasher(ByteString.utf8("x/y"), 10).describe();

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  /** A store that accepts a request and does not respond, not even to an interrupt. */
  private class Silent implements ContentStore {
    @Override
    public RedirectTarget target() {
      return RedirectTarget.of("far", URI.create("https://far/"));
    }

    @Override
    public @Nullable PublishedContent find(ContentDescription content) {
      asked.incrementAndGet();
      boolean waiting = true;
      while (waiting) {
        try {
          released.await();
          waiting = false;
        } catch (InterruptedException ignored) {
          // it does not respond to that either
        }
      }
      return new PublishedContent(URI.create("https://far/x"), List.of(), List.of());
    }

    @Override
    public void put(ContentDescription content, Path file) {}

    @Override
    public void close() {}
  }

  @Test
  void storeThatDoesNotRespondIsWaitedForOnceAndNotLong() throws Exception {
    try (StoreLookup lookup = StoreLookup.within(Duration.ofMillis(300), new Silent())) {
      long start = System.nanoTime();
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(
              () ->
                  assertThatExceptionOfType(Exception.class)
                      .isThrownBy(() -> lookup.find(CONTENT)));
      assertThatExceptionOfType(Exception.class).isThrownBy(() -> lookup.find(CONTENT));
      second.join();
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> lookup.find(CONTENT));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(asked).hasValue(1);
      released.countDown();
      PublishedContent found = null;
      for (int tries = 0; found == null && tries < 100; tries++) {
        try {
          found = lookup.find(CONTENT);
        } catch (RejectedExecutionException | ContentStoreException stillBusy) {
          Thread.sleep(20);
        }
      }
      assertThat(found).as("works again").isNotNull();
    }
  }

  @Test
  void faultOfTheStoreIsThatOfTheLookup() {
    Silent failing =
        new Silent() {
          @Override
          public PublishedContent find(ContentDescription content) {
            throw new IllegalStateException("broken");
          }
        };
    try (StoreLookup lookup = StoreLookup.within(Duration.ofSeconds(2), failing)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> lookup.find(CONTENT))
          .withMessage("broken");
    }
  }
}
