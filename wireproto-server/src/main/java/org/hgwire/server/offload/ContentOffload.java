// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.EncodedObjects;
import org.hgwire.server.ResponseCacher;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.RedirectAdvertiser;
import org.hgwire.server.offload.ResponseKeys.ResponseKey;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the responses of cacheable commands on the local disk, stores the large ones in content
 * stores, advertises the targets of these, and redirects clients to them.
 *
 * <p>A response is identified by the command, its arguments, the repository and the state of the
 * repository: a changed phase, bookmark or visibility makes it another response. The first time it
 * is sent inline and written to a file on the way; clients that request it in the meantime share
 * the work. From then on a client that offers the target of a store that has the response is
 * redirected there, if the response has at least as many bytes as the threshold; other clients get
 * it from the file. One that is sent from its file is copied with the content encoding of the
 * client, in the background, and the next client with that encoding gets the copy as it is.
 *
 * <p>The permission to pull is checked on every call, but not by the stores: anyone who knows the
 * URL of a response can get it for as long as the URL is valid. A URL contains the SHA-256 of the
 * response, so it cannot be guessed. Where that is not enough, use a store whose URLs expire.
 *
 * <p>Safe for use by several threads. Each running response has an open file, and each of its
 * readers another one and a buffer of 32 KiB, of a copy up to 133 KiB; the hashes of segments take
 * about 60 bytes each while a response runs; each kept response takes about 200 bytes of memory,
 * and so does each copy. One thread makes copies, with one encoder outside the heap, which is not
 * counted against the limits of a server.
 */
public final class ContentOffload implements ResponseCacher, RedirectAdvertiser, AutoCloseable {
  private final ResponseKeys keys;
  private final KeptResponses kept;
  private final RunningResponses running;
  private final List<StoreFeed> feeds;
  private final long threshold;
  private final @Nullable RedirectCapabilities advertised;
  private final @Nullable ExecutorService ownExecutor;

  ContentOffload(
      ContentOffloadBuilder settings, List<StoreFeed> feeds, @Nullable ExecutorService ownExecutor)
      throws IOException {
    this.keys = new ResponseKeys(settings.version, settings.keyParts);
    this.kept = KeptResponses.open(settings.directory, settings.maxLocalBytes, settings.maxEntries);
    this.running =
        new RunningResponses(
            kept,
            this::feed,
            settings.segmentSize,
            Math.min(settings.maxResponseBytes, settings.maxLocalBytes),
            settings.maxRunning);
    this.feeds = List.copyOf(feeds);
    this.threshold = settings.threshold;
    this.advertised = capabilities(feeds, settings.hashes);
    this.ownExecutor = ownExecutor;
  }

  /**
   * Returns a builder of a cache of responses.
   *
   * @param directory where responses and their index are kept, across restarts; it is created if it
   *     is missing. Only this cache may write there, and only its user can read it
   */
  public static ContentOffloadBuilder builder(Path directory) {
    return new ContentOffloadBuilder(directory);
  }

  private static @Nullable RedirectCapabilities capabilities(
      List<StoreFeed> feeds, List<HashAlgorithm> hashes) {
    Map<ByteString, RedirectTarget> targets = new LinkedHashMap<>();
    feeds.forEach(feed -> targets.putIfAbsent(feed.name(), feed.target()));
    return targets.isEmpty()
        ? null
        : new RedirectCapabilities(
            List.copyOf(targets.values()), hashes.stream().map(HashAlgorithm::wireName).toList());
  }

  /** Returns the targets of the stores, the most preferred first. */
  public List<RedirectTarget> targets() {
    return advertised == null ? List.of() : advertised.targets();
  }

  /**
   * Returns the targets of the stores, the same for every caller; null without stores. {@link
   * RedirectTargets} advertises others by the address of the caller.
   */
  @Override
  public @Nullable RedirectCapabilities advertise(Caller caller, Repository repository) {
    return advertised;
  }

  @Override
  public @Nullable ResponseOrigin originOf(CacheableCall call) throws IOException {
    ResponseKey key = keys.of(call);
    if (key == null) {
      return null;
    }
    ResponseOrigin known = keptOrigin(key, call);
    if (known != null) {
      return known;
    }
    EncodedObjects shared = running.join(key);
    if (shared == null) {
      // A response that ended between the two lookups is kept now.
      known = keptOrigin(key, call);
      if (known != null) {
        return known;
      }
      shared = running.begin(key, call);
    }
    return shared == null ? null : new ResponseOrigin.Inline(shared);
  }

  private @Nullable ResponseOrigin keptOrigin(ResponseKey key, CacheableCall call)
      throws IOException {
    ContentDescription content = kept.find(key.hash());
    if (content == null) {
      return null;
    }
    ResponseOrigin elsewhere = redirect(call.offer(), content);
    if (elsewhere != null) {
      return elsewhere;
    }
    EncodedObjects local = kept.open(content, call.contentEncoding());
    return local == null ? null : new ResponseOrigin.Inline(local);
  }

  private @Nullable ResponseOrigin redirect(
      @Nullable RedirectOffer offer, ContentDescription content) {
    // A client that can check nothing of the content would fetch it for nothing.
    if (offer == null || content.size() < threshold || !Locations.hasHashFor(offer)) {
      return null;
    }
    for (StoreFeed feed : feeds) {
      if (offer.targets().contains(feed.name())) {
        PublishedContent published = feed.find(content);
        if (published != null) {
          return new ResponseOrigin.Redirected(
              feed.name(), Locations.of(content, published, offer));
        }
        refill(feed, content);
      }
    }
    return null;
  }

  /** Stores again, for the next client, what a store lost or failed to store. */
  private void refill(StoreFeed feed, ContentDescription content) {
    Path file = kept.file(content);
    if (file != null) {
      feed.put(content, file);
    }
  }

  private void feed(ContentDescription content) {
    if (content.size() >= threshold) {
      feeds.forEach(feed -> refill(feed, content));
    }
  }

  /**
   * Ends the threads that ask and fill stores, unless the host provided them, and deletes what is
   * unfinished. The stores remain the host's to close.
   */
  @Override
  public void close() {
    feeds.forEach(StoreFeed::close);
    if (ownExecutor != null) {
      ownExecutor.shutdownNow();
    }
    kept.close();
  }
}
