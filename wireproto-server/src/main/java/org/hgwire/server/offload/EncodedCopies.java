// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.HashedFiles;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of kept responses with a content encoding, among the files of the responses and within
 * their bounds. A copy is made by one thread in the background, with one encoder, when a response
 * is sent from its file; so a response that is never requested again, or always redirected, has
 * none. Safe for use by several threads.
 */
final class EncodedCopies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EncodedCopies.class);

  /** The size in bytes of the shortest response that gets a copy. */
  private static final long MIN_SIZE = 32 * 1024;

  private static final int MAX_WAITING = 100;

  /** How many responses are remembered of which no copy could be made. */
  private static final int MAX_REMEMBERED = 1000;

  private static final int MAX_SECONDS_TO_END = 5;

  /** Part of the name of each copy: incremented when their format changes. */
  private static final byte FORMAT = 1;

  private final HashedFiles files;
  private final long maxSize;
  private final Set<ByteString> waiting = new HashSet<>();
  private final Set<ByteString> without = new LinkedHashSet<>();
  private final ThreadPoolExecutor background;

  /**
   * @param files where the responses are
   * @param maxBytes how many bytes these files may have; a response of more than half as many gets
   *     no copy, which would replace it
   */
  EncodedCopies(HashedFiles files, long maxBytes) {
    this.files = files;
    this.maxSize = maxBytes / 2;
    background =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            work -> {
              Thread thread = new Thread(work, "hgwire-encoded-copies");
              thread.setDaemon(true);
              return thread;
            });
    background.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens the copy of a response, or returns null if there is none: then it may be made.
   *
   * @param original opens the response itself
   */
  @Nullable EncodedObjects open(
      ContentDescription content, ContentEncoding encoding, EncodedCopy.Original original) {
    if (content.size() < MIN_SIZE || content.size() > maxSize) {
      return null;
    }
    ByteString name = nameOf(content, encoding);
    Path file = files.find(name);
    if (file == null) {
      makeLater(name, encoding, original);
      return null;
    }
    try {
      return EncodedCopy.open(file, content.size(), original, () -> drop(name));
    } catch (IOException failure) {
      LOG.warn("the encoded copy of a response cannot be opened", failure);
      return null;
    }
  }

  private static ByteString nameOf(ContentDescription content, ContentEncoding encoding) {
    MessageDigest digest = HashAlgorithm.SHA256.newDigest();
    digest.update(FORMAT);
    digest.update(content.sha256().asByteBuffer());
    return ByteString.copyOf(digest.digest(ByteString.utf8(encoding.name()).toByteArray()));
  }

  private void makeLater(ByteString name, ContentEncoding encoding, EncodedCopy.Original original) {
    synchronized (this) {
      if (without.contains(name) || !waiting.add(name)) {
        return;
      }
    }
    try {
      background.execute(() -> make(name, encoding, original));
    } catch (RejectedExecutionException fullOrClosed) {
      done(name, false);
    }
  }

  private void make(ByteString name, ContentEncoding encoding, EncodedCopy.Original original) {
    boolean made = false;
    Path file = null;
    try (EncodedObjects objects = original.open(0);
        ContentEncoder encoder = encoding.newEncoder()) {
      file = files.newFile();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        made = new EncodedCopyWriter(encoder, channel).write(objects);
      }
      if (made) {
        files.adopt(file, name, false);
      }
    } catch (IOException | RuntimeException failure) {
      made = false;
      if (!background.isShutdown()) {
        LOG.warn("a response cannot be copied and is encoded each time it is sent", failure);
      }
    } finally {
      delete(file);
      done(name, !made);
    }
  }

  private synchronized void done(ByteString name, boolean isWithout) {
    waiting.remove(name);
    if (isWithout) {
      without.add(name);
      if (without.size() > MAX_REMEMBERED) {
        without.remove(without.iterator().next());
      }
    }
  }

  private void drop(ByteString name) {
    try {
      files.remove(name);
    } catch (IOException failure) {
      LOG.warn("a damaged file cannot be deleted", failure);
    }
  }

  private static void delete(@Nullable Path unfinished) {
    try {
      if (unfinished != null) {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException failure) {
      LOG.warn("a local file cannot be deleted", failure);
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    background.shutdownNow();
    try {
      if (!background.awaitTermination(MAX_SECONDS_TO_END, TimeUnit.SECONDS)) {
        LOG.warn("a response is still being copied");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
