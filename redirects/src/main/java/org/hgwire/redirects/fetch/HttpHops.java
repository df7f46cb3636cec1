// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.net.URI;
import java.util.Set;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;

/**
 * The HTTP redirects of a content host that are followed: none unless the user allows it, and only
 * for content that has a hash, because each hop is one more party that could change it.
 *
 * @param max how many in a row are followed, 0 to 5
 * @param approval decides about each target
 * @param hashed whether the content has a hash
 */
record HttpHops(int max, HopApproval approval, boolean hashed) {
  private static final Set<Integer> FOLLOWED = Set.of(301, 302, 303, 307, 308);

  static HttpHops of(int max, HopApproval approval, ContentExpectation expectation) {
    return new HttpHops(max, approval, !expectation.hashes().isEmpty());
  }

  static boolean isRedirect(ContentResponse response) {
    return response.status() >= 300 && response.status() <= 399;
  }

  /**
   * Returns the URL to request next.
   *
   * @param at the URL that redirects
   * @param hop how many redirects were followed before
   * @throws RedirectException if the redirect is not followed
   */
  URI next(ContentResponse response, URI at, int hop) throws RedirectException {
    String location = response.header("Location");
    int status = response.status();
    if (!FOLLOWED.contains(status) || location == null) {
      throw refused(at, status, "it leads nowhere; name the final address");
    }
    if (max == 0) {
      throw refused(
          at, status, "it is not followed; name the final address, or allow HTTP redirects");
    }
    if (!hashed) {
      throw refused(at, status, "it is not followed, because there is no hash of the content");
    }
    if (hop >= max) {
      throw refused(at, status, "not more than " + max + " in a row are followed");
    }
    URI target;
    try {
      target = LocationHeader.resolve(at, location);
    } catch (IllegalArgumentException e) {
      throw new RedirectException(
          RedirectFault.BAD_URL,
          "The content host " + FetchFaults.place(at) + " redirects to a malformed URL.",
          e);
    }
    return approval.approve(at, target.toString());
  }

  private static RedirectException refused(URI at, int status, String why) {
    return new RedirectException(
        RedirectFault.HTTP_REDIRECT,
        "The content host "
            + FetchFaults.place(at)
            + " responded with an HTTP redirect ("
            + status
            + "): "
            + why
            + ".");
  }
}
