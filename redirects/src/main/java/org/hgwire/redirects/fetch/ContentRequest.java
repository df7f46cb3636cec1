// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.net.URI;
import org.hgwire.redirects.PinSet;
import org.jspecify.annotations.Nullable;

/**
 * A request for content.
 *
 * @param url absolute, http or https, without user info, judged before
 * @param pins whom the server must be
 * @param from the first byte that is wanted; 0 for all
 * @param ifRange a strong validator: if the content has another by now, all of it is wanted; null
 *     exactly if {@code from} is 0
 */
public record ContentRequest(URI url, PinSet pins, long from, @Nullable String ifRange) {}
