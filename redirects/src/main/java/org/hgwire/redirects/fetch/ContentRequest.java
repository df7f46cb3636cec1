// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.net.URI;
import org.hgwire.redirects.PinSet;
import org.jspecify.annotations.Nullable;

/**
 * A request for content.
 *
 * @param url absolute, http or https, without user info, approved before
 * @param pins the certificates that the server has to show
 * @param from the position of the first byte to send; 0 for all
 * @param ifRange a strong validator: if the content has another one now, the server sends all of
 *     it; null exactly if {@code from} is 0
 */
public record ContentRequest(URI url, PinSet pins, long from, @Nullable String ifRange) {}
