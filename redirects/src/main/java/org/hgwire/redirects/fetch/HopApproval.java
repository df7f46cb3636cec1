// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.net.URI;
import org.hgwire.redirects.RedirectException;

/**
 * Decides whether an HTTP redirect (3xx) of a content host is followed, as {@link
 * org.hgwire.redirects.LocationPolicy#approve(URI, String)} does.
 */
@FunctionalInterface
public interface HopApproval {
  /**
   * Returns {@code url} if it may be fetched.
   *
   * @param from the URL that redirects
   * @throws RedirectException if it may not be fetched
   */
  URI approve(URI from, String url) throws RedirectException;
}
