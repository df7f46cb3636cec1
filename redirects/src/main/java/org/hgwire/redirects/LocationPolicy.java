// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a location may be fetched, before its host is resolved or connected to. Safe for
 * use by several threads.
 *
 * <p>A URL has to be http or https, and https if it was learned over https. It has no user info,
 * and a host that every library reads alike: a name in ASCII without a dot at its end, or an
 * address in its usual form, which is checked against the {@link AddressPolicy} at once. Its
 * fragment is dropped.
 */
public final class LocationPolicy {
  private static final ByteString OBJECTS = ByteString.utf8(HttpV2Api.CBOR_MEDIA_TYPE);

  private final Origin origin;
  private final boolean pinning;
  private final RedirectPolicy policy;
  private final TargetOffers offers;

  /**
   * Makes the policy for one peer.
   *
   * @param origin the address of the repository: https never leads to http
   * @param authenticated whether TLS with the origin checks who it is: pins that were learned over
   *     http, or from anybody, are ignored
   */
  public LocationPolicy(
      URI origin, boolean authenticated, RedirectPolicy policy, TargetOffers offers) {
    this.origin = Origin.of(origin);
    this.pinning = this.origin.isSecure() && authenticated;
    this.policy = policy;
    this.offers = offers;
  }

  /**
   * Decides about the location of a response. The media type has to be {@code
   * application/mercurial-cbor}, byte for byte: a parameter could change how the content has to be
   * read. Malformed pins are refused; well-formed ones are dropped if the origin was not
   * authenticated, because anyone on the way could have replaced them.
   *
   * <p>Every hash by a known algorithm has to match. If there are hashes, one has to be by a
   * collision-resistant algorithm, or by SHA-1 if the policy allows that. There may be none only if
   * TLS protects both the content and its location.
   *
   * @param offer the offer that was sent with the command; null if there was none
   * @throws RedirectException if the location may not be followed
   */
  public ApprovedLocation approve(ContentLocation location, @Nullable RedirectOffer offer)
      throws RedirectException {
    // "A redirect response MUST NOT be issued unless the client advertises support for one."
    // (Content Redirects)
    if (offer == null || !policy.follow()) {
      throw new RedirectException(
          RedirectFault.NOT_OFFERED,
          "the server redirects a response although no redirect target was offered; report this to"
              + " the server's administrator");
    }
    ContentUrl url = judge(origin, text(location.url()));
    RedirectTarget target = offers.targetOf(url, offer);
    if (target == null) {
      throw new RedirectException(
          RedirectFault.NOT_ADVERTISED,
          "the URL "
              + location.url().excerpt()
              + " belongs to none of the redirect targets that were offered");
    }
    if (!location.mediaType().equals(OBJECTS)) {
      throw new RedirectException(
          RedirectFault.MEDIA_TYPE,
          "the redirected response has the media type "
              + location.mediaType().excerpt()
              + ", but only "
              + OBJECTS
              + " is supported");
    }
    PinSet pins = PinSet.of(location);
    boolean secret = origin.isSecure();
    ContentExpectation expectation =
        ContentExpectation.of(location, secret && url.isSecure(), policy);
    return new ApprovedLocation(
        url.uri(), target.name(), pinning ? pins : PinSet.NONE, expectation);
  }

  /**
   * Decides about a URL that belongs to no target: that of a clone bundle, or a hop of an HTTP
   * redirect.
   *
   * @param from the URL that it was learned from
   * @return the URL to request
   * @throws RedirectException if the URL may not be fetched
   */
  public URI approve(URI from, String url) throws RedirectException {
    return judge(Origin.of(from), url).uri();
  }

  private ContentUrl judge(Origin from, String text) throws RedirectException {
    ContentUrl url = ContentUrl.parse(text);
    if (from.isSecure() && !url.isSecure()) {
      throw new RedirectException(
          RedirectFault.DOWNGRADE,
          "the URL " + PeerText.excerpt(text) + " is http, but it was learned over https");
    }
    InetAddress address = url.address();
    if (address != null) {
      requireAddress(url, address);
    }
    return url;
  }

  private void requireAddress(ContentUrl url, InetAddress address) throws RedirectException {
    policy.addresses().requireAllowed(url.host(), List.of(address));
  }

  /** One char per byte: bytes that are not ASCII are refused, never decoded. */
  private static String text(ByteString bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
