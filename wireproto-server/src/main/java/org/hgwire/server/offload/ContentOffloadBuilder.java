// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentStore;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link ContentOffload}. Not safe for use by several threads. */
public final class ContentOffloadBuilder {
  private static final int MAX_UPLOADS_WAITING = 1000;

  /** How long a request waits, in all, to learn what a store in the background has. */
  private static final Duration MAX_LOOKUP = Duration.ofSeconds(2);

  final Path directory;
  private final List<Filled> stores = new ArrayList<>();
  private @Nullable Executor uploads;
  private StoreFaultListener storeFaults = StoreFaultListener.NONE;
  List<HashAlgorithm> hashes = List.of(HashAlgorithm.SHA256, HashAlgorithm.SHA1);
  long threshold = 256 * 1024;
  long segmentSize = 1 << 20;
  long maxResponseBytes = 4L << 30;
  long maxLocalBytes = 10L << 30;
  long maxEntries = 100_000;
  int maxRunning = 64;
  ByteString version = ownVersion();
  KeyParts keyParts = KeyParts.STANDARD;

  /** A content store, and whether it is filled in the background. */
  private record Filled(ContentStore store, boolean inBackground) {}

  ContentOffloadBuilder(Path directory) {
    this.directory = directory;
  }

  /**
   * Adds a content store that is filled before the response ends: one on a local disk. Stores that
   * were added before are preferred. The store remains the caller's to close. Without stores
   * responses are kept, and no client is redirected.
   */
  public ContentOffloadBuilder store(ContentStore store) {
    stores.add(new Filled(store, false));
    return this;
  }

  /**
   * Adds a content store that is filled by the executor of {@link #uploads}, while responses are
   * sent inline: one behind a network. A request waits at most 2 seconds to learn what it has, and
   * its response is inline otherwise. A store that fails, or takes longer, is left alone for 30
   * seconds, and longer if it fails again.
   */
  public ContentOffloadBuilder storeInBackground(ContentStore store) {
    stores.add(new Filled(store, true));
    return this;
  }

  /**
   * Sets the executor that fills stores in the background; it remains the caller's to shut down. By
   * default it is a single thread, with a queue of at most 1,000 uploads.
   */
  public ContentOffloadBuilder uploads(Executor uploads) {
    this.uploads = uploads;
    return this;
  }

  /** Sets who learns why a store fails; by default only the log. */
  public ContentOffloadBuilder onStoreFault(StoreFaultListener listener) {
    this.storeFaults = listener;
    return this;
  }

  /**
   * Sets which hash algorithms are advertised, the most preferred first; SHA-256 and SHA-1 unless
   * set, the algorithms of the hashes in locations.
   */
  public ContentOffloadBuilder hashes(List<HashAlgorithm> algorithms) {
    this.hashes = List.copyOf(algorithms);
    return this;
  }

  /** Sets the minimum size in bytes of a response that is redirected; 256 KiB unless set. */
  public ContentOffloadBuilder threshold(long bytes) {
    threshold = notNegative(bytes);
    return this;
  }

  /**
   * Sets the size in bytes of the segments whose hashes are sent with a location; 1 MiB unless set.
   */
  public ContentOffloadBuilder segmentSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a segment has at least one byte, not " + bytes);
    }
    segmentSize = bytes;
    return this;
  }

  /**
   * Sets the maximum size in bytes of a response that is kept; 4 GiB unless set. A longer one is
   * always sent inline.
   */
  public ContentOffloadBuilder maxResponseBytes(long bytes) {
    maxResponseBytes = notNegative(bytes);
    return this;
  }

  /**
   * Sets how many bytes the kept responses may have on the local disk, together with their encoded
   * copies; 10 GiB unless set. The least recently used ones are deleted. Running responses are not
   * counted.
   */
  public ContentOffloadBuilder maxLocalBytes(long bytes) {
    maxLocalBytes = notNegative(bytes);
    return this;
  }

  /** Sets how many responses are remembered; 100,000 unless set. */
  public ContentOffloadBuilder maxEntries(long entries) {
    maxEntries = notNegative(entries);
    return this;
  }

  /**
   * Sets how many responses may be produced and kept at the same time; 64 unless set. Further ones
   * are sent inline and not kept.
   */
  public ContentOffloadBuilder maxRunning(int responses) {
    maxRunning = (int) notNegative(responses);
    return this;
  }

  /**
   * Sets the version of the server, a part of the key of each response: responses that were kept by
   * another version are not used. Change it when one of the host's own commands responds
   * differently than before. By default it is the version of this module, if known.
   */
  public ContentOffloadBuilder version(String version) {
    this.version = ByteString.utf8(version);
    return this;
  }

  /** Sets what the key of a response consists of besides the standard parts. */
  public ContentOffloadBuilder keyParts(KeyParts parts) {
    this.keyParts = parts;
    return this;
  }

  /**
   * Opens the cache, with the responses that were kept before.
   *
   * @throws IOException if the directory cannot be created or read
   */
  public ContentOffload open() throws IOException {
    ExecutorService own = null;
    Executor background = uploads;
    if (background == null && stores.stream().anyMatch(Filled::inBackground)) {
      own = newThread();
      background = own;
    }
    List<StoreFeed> feeds = new ArrayList<>();
    for (Filled filled : stores) {
      feeds.add(feed(filled, background));
    }
    return new ContentOffload(this, feeds, own);
  }

  private StoreFeed feed(Filled filled, @Nullable Executor background) {
    ContentStore store = filled.store();
    return filled.inBackground() && background != null
        ? new StoreFeed(
            store, StoreLookup.within(MAX_LOOKUP, store), background, storeFaults, System::nanoTime)
        : new StoreFeed(store, store::find, Runnable::run, storeFaults, System::nanoTime);
  }

  private static ExecutorService newThread() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_UPLOADS_WAITING),
            work -> {
              Thread uploader = new Thread(work, "hgwire-uploads");
              uploader.setDaemon(true);
              return uploader;
            });
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  private static ByteString ownVersion() {
    ModuleDescriptor module = ContentOffload.class.getModule().getDescriptor();
    return module == null ? ByteString.empty() : ByteString.utf8(module.rawVersion().orElse(""));
  }

  private static long notNegative(long bound) {
    if (bound < 0) {
      throw new IllegalArgumentException("a bound is not negative: " + bound);
    }
    return bound;
  }
}
