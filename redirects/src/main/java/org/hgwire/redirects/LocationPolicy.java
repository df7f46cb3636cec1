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
 * Whether a location may be fetched at all: judged before anything is resolved or connected. Safe
 * for use by several threads.
 *
 * <p>A URL is http or https, and https where it was learnt over https; it has no user info, and a
 * host that every library reads alike: a name in ASCII without a dot at its end, or an address in
 * its usual form, which is held against the {@link AddressPolicy} at once. Its fragment is dropped.
 */
public final class LocationPolicy {
  private static final ByteString OBJECTS = ByteString.utf8(HttpV2Api.CBOR_MEDIA_TYPE);

  private final Origin origin;
  private final RedirectPolicy policy;
  private final TargetOffers offers;

  /**
   * Makes the policy of one peer.
   *
   * @param origin the address of the repository: https never leads to http, and pins that were
   *     learnt over http count for nothing
   */
  public LocationPolicy(URI origin, RedirectPolicy policy, TargetOffers offers) {
    this.origin = Origin.of(origin);
    this.policy = policy;
    this.offers = offers;
  }

  /**
   * Judges the location of a response. The media type has to be {@code application/mercurial-cbor},
   * byte for byte: a parameter would say something of the content that is not known here. Pins are
   * read, and malformed ones refused, wherever they were learnt; over http they are then dropped:
   * whoever changed them on the way would choose whom the client trusts. What is asked of hashes is
   * said at {@link ContentExpectation#of}.
   *
   * @param offer what was sent with the command, or null if nothing was
   * @throws RedirectException if it may not be followed
   */
  public ApprovedLocation approve(ContentLocation location, @Nullable RedirectOffer offer)
      throws RedirectException {
    // "A redirect response MUST NOT be issued unless the client advertises support for one."
    // (Content Redirects)
    if (offer == null || !policy.follow()) {
      throw new RedirectException(
          RedirectFault.NOT_OFFERED,
          "the server redirects a response although no redirect target was offered");
    }
    ContentUrl url = judge(origin, text(location.url()));
    RedirectTarget target = offers.targetOf(url, offer);
    if (target == null) {
      throw new RedirectException(
          RedirectFault.NOT_ADVERTISED,
          "the URL " + location.url().excerpt() + " belongs to no target that was offered");
    }
    if (!location.mediaType().equals(OBJECTS)) {
      throw new RedirectException(
          RedirectFault.MEDIA_TYPE,
          "the redirected response is "
              + location.mediaType().excerpt()
              + ", and only "
              + OBJECTS
              + " can be read");
    }
    PinSet pins = PinSet.of(location);
    boolean secret = origin.isSecure();
    ContentExpectation expectation =
        ContentExpectation.of(location, secret && url.isSecure(), policy);
    return new ApprovedLocation(url.uri(), target.name(), secret ? pins : PinSet.NONE, expectation);
  }

  /**
   * Judges a URL to which no target belongs, as that of a clone bundle, or a hop of an HTTP
   * redirect.
   *
   * @param from where the URL was learnt
   * @return the URL as it is to be requested
   * @throws RedirectException if it may not be fetched
   */
  public URI approve(URI from, String url) throws RedirectException {
    return judge(Origin.of(from), url).uri();
  }

  private ContentUrl judge(Origin from, String text) throws RedirectException {
    ContentUrl url = ContentUrl.parse(text);
    if (from.isSecure() && !url.isSecure()) {
      throw new RedirectException(
          RedirectFault.DOWNGRADE,
          "the URL " + PeerText.excerpt(text) + " is http but was learnt over https");
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

  /** One char a byte, so that what is not ASCII is refused and never decoded. */
  private static String text(ByteString bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
