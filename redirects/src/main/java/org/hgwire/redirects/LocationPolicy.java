// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.URI;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/** Whether a location may be fetched at all: judged before anything is resolved or connected. */
public final class LocationPolicy {
  /**
   * Makes the policy of one peer.
   *
   * @param origin the address of the repository: https never leads to http, and pins that were
   *     learnt over http count for nothing
   */
  public LocationPolicy(URI origin, RedirectPolicy policy, TargetOffers offers) {
    throw new UnsupportedOperationException();
  }

  /**
   * Judges the location of a response.
   *
   * @param offer what was sent with the command, or null if nothing was
   * @throws RedirectException if it may not be followed
   */
  public ApprovedLocation approve(ContentLocation location, @Nullable RedirectOffer offer)
      throws RedirectException {
    throw new UnsupportedOperationException();
  }

  /**
   * Judges a URL to which no target belongs, as that of a clone bundle, or a hop of an HTTP
   * redirect.
   *
   * @param from where the URL was learnt
   * @throws RedirectException if it may not be fetched
   */
  public URI approve(URI from, String url) throws RedirectException {
    throw new UnsupportedOperationException();
  }
}
