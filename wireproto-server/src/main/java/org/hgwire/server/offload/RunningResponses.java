// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.EncodedObjects;
import org.hgwire.server.offload.ResponseKeys.ResponseKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The responses that are being produced and kept, by key. */
final class RunningResponses implements SharedResponse.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(RunningResponses.class);

  /** How many keys of responses that are too long are remembered. */
  private static final int MAX_REMEMBERED = 1000;

  private final KeptResponses kept;
  private final Consumer<ContentDescription> whenKept;
  private final long segmentSize;
  private final long maxBytes;
  private final int maxAtOnce;
  private final Map<ByteString, SharedResponse> running = new HashMap<>();
  private final Set<ByteString> tooLong = new LinkedHashSet<>();

  /**
   * Creates an empty collection.
   *
   * @param kept receives complete responses
   * @param whenKept called for each response that was kept
   * @param segmentSize the size of the segments that are hashed
   * @param maxBytes the maximum size of a response that is kept
   * @param maxAtOnce how many may run at the same time
   */
  RunningResponses(
      KeptResponses kept,
      Consumer<ContentDescription> whenKept,
      long segmentSize,
      long maxBytes,
      int maxAtOnce) {
    this.kept = kept;
    this.whenKept = whenKept;
    this.segmentSize = segmentSize;
    this.maxBytes = maxBytes;
    this.maxAtOnce = maxAtOnce;
  }

  /**
   * Joins the response with this key; returns null if it is not running.
   *
   * @throws IOException if its file cannot be opened
   */
  synchronized @Nullable EncodedObjects join(ResponseKey key) throws IOException {
    SharedResponse found = running.get(key.hash());
    return found == null ? null : found.join();
  }

  /**
   * Starts the response with this key, or joins it if another call has started it in the meantime;
   * returns null if it will not be kept.
   *
   * @throws IOException if its file cannot be created
   */
  synchronized @Nullable EncodedObjects begin(ResponseKey key, CacheableCall call)
      throws IOException {
    EncodedObjects reader = join(key);
    if (reader != null) {
      return reader;
    }
    if (running.size() >= maxAtOnce || tooLong.contains(key.hash())) {
      return null;
    }
    SharedResponse started = start(key, call);
    try {
      reader = started.join();
    } catch (IOException failure) {
      started.file().delete();
      throw failure;
    }
    running.put(key.hash(), started);
    return reader;
  }

  private SharedResponse start(ResponseKey key, CacheableCall call) throws IOException {
    Path file = kept.newFile();
    try {
      return new SharedResponse(
          key.hash(),
          call,
          new StateWatch(call.call().repository(), key.stateId()),
          new ResponseFile(file, segmentSize, maxBytes),
          this);
    } catch (IOException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  @Override
  public boolean completed(SharedResponse response, ContentDescription content) {
    if (response.ofOneState()) {
      try {
        kept.keep(response.key(), content, response.file().path());
        return true;
      } catch (IOException failure) {
        LOG.warn("a response cannot be kept", failure);
      }
    }
    response.file().delete();
    return false;
  }

  @Override
  public synchronized void ended(SharedResponse response, boolean isTooLong) {
    running.remove(response.key(), response);
    if (isTooLong) {
      tooLong.add(response.key());
      if (tooLong.size() > MAX_REMEMBERED) {
        tooLong.remove(tooLong.iterator().next());
      }
    }
  }

  @Override
  public void publish(ContentDescription content) {
    whenKept.accept(content);
  }
}
