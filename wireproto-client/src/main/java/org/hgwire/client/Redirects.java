// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.redirects.ApprovedLocation;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.LocationPolicy;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.TargetOffers;
import org.hgwire.redirects.TlsCapabilities;
import org.hgwire.redirects.fetch.ContentDownload;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.hgwire.redirects.fetch.DownloadOptions;
import org.jspecify.annotations.Nullable;

/**
 * What redirects one peer offers to follow, which of them it may follow, and how. Safe for use by
 * several threads.
 */
final class Redirects implements AutoCloseable {
  /** The TLS versions of content connections, whatever else the platform supports. */
  private static final Set<String> TLS_VERSIONS = Set.of("1.2", "1.3");

  private final URI origin;
  private final PeerOptions options;
  private final TargetOffers offers;
  private final LocationPolicy policy;
  private final @Nullable ContentFetcher fetcher;
  private final LongConsumer counter;
  private volatile boolean closed;

  /**
   * Makes the redirects of a peer.
   *
   * @param counter gets how many bytes of content were received
   */
  Redirects(
      URI origin,
      PeerOptions options,
      @Nullable RedirectCapabilities advertised,
      @Nullable ContentFetcher fetcher,
      LongConsumer counter) {
    this.origin = origin;
    this.options = options;
    this.offers =
        new TargetOffers(origin, advertised, options.redirects(), tls(), System::nanoTime);
    this.policy =
        new LocationPolicy(origin, !options.tls().insecure(), options.redirects(), offers);
    this.fetcher = fetcher;
    this.counter = counter;
  }

  private static TlsCapabilities tls() {
    TlsCapabilities platform = TlsCapabilities.ofPlatform();
    Set<String> versions = new HashSet<>(platform.versions());
    versions.retainAll(TLS_VERSIONS);
    return new TlsCapabilities(platform.serverNames(), versions);
  }

  /** Returns the offer to send with a command now, or null if there is nothing to offer. */
  @Nullable RedirectOffer offer(RedirectTrail trail) {
    return fetcher == null || trail.isInlineOnly() ? null : offers.offerWithout(trail.excluded());
  }

  /**
   * Returns the name of the target to which a location with {@code url} belongs, or null. A
   * location without a URL belongs to the only target that was offered, if there was one.
   */
  @Nullable ByteString targetOf(@Nullable ByteString url, @Nullable RedirectOffer offer) {
    if (offer == null) {
      return null;
    }
    if (url == null) {
      return offer.targets().size() == 1 ? offer.targets().get(0) : null;
    }
    try {
      RedirectTarget target = offers.targetOf(new URI(url.utf8()), offer);
      return target == null ? null : target.name();
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /**
   * Starts the download of what a response is redirected to.
   *
   * @param offer what was sent with the command, or null if nothing was
   * @throws RedirectException if it must not be fetched
   */
  Followed follow(ContentLocation location, @Nullable RedirectOffer offer)
      throws RedirectException {
    if (offer == null || !options.redirects().follow()) {
      throw notOffered();
    }
    ApprovedLocation approved = policy.approve(location, offer);
    RedirectOffer now = offers.offer();
    if (now == null || !now.targets().contains(approved.target())) {
      throw new RedirectException(
          RedirectFault.UNREACHABLE,
          "The target "
              + PeerText.line(approved.target().toString())
              + " failed a short while ago and is not used for now.");
    }
    return new Followed(
        approved.expectation(), download(approved.url(), approved.pins(), approved.expectation()));
  }

  static RedirectException notOffered() {
    return new RedirectException(
        RedirectFault.NOT_OFFERED,
        "The server redirects a response although no redirect was offered.");
  }

  /**
   * A download that has started.
   *
   * @param expectation what the content must be
   * @param download belongs to the caller
   */
  record Followed(ContentExpectation expectation, ContentDownload download) {}

  /** Starts the download of content to which no target belongs. */
  ContentDownload download(String url, ContentExpectation expectation) throws RedirectException {
    return download(policy.approve(origin, url), PinSet.NONE, expectation);
  }

  private ContentDownload download(URI url, PinSet pins, ContentExpectation expectation)
      throws RedirectException {
    if (fetcher == null) {
      throw new RedirectException(
          RedirectFault.NOT_OFFERED,
          "The transport of this client cannot fetch content; use one that can, or send the command"
              + " without redirects.");
    }
    DownloadOptions how =
        DownloadOptions.DEFAULT
            .withDirectory(options.spill().directory())
            .withMaxBytesOnDisk(options.spill().bytesOnDisk())
            .withMaxHttpRedirects(options.redirects().maxHttpRedirects())
            .withReleaseUnverified(options.redirects().releaseUnverified())
            .withMinRate(options.minContentRate())
            .withReceived(this::received);
    return ContentDownload.of(url, pins, expectation, policy::approve, fetcher, how);
  }

  private void received(long count) {
    counter.accept(count);
    options.listener().contentBytesReceived(count);
  }

  /** Notes that a target failed: it is not offered for a while. */
  void failed(ByteString target) {
    offers.failed(target);
  }

  /** Returns whether the peer was closed. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    if (fetcher != null) {
      fetcher.close();
    }
  }
}
