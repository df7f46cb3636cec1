// SPDX-License-Identifier: Apache-2.0
/**
 * Content redirects: which targets are offered, what may be followed, whom to trust, and whether
 * what was fetched is what was promised (wireprotocolrpc, Content Redirects). Nothing here opens a
 * connection; whoever does asks {@link org.hgwire.redirects.LocationPolicy} before, {@link
 * org.hgwire.redirects.AddressPolicy} when the name was resolved, {@link
 * org.hgwire.redirects.PinSet} when the peer showed its certificates, and {@link
 * org.hgwire.redirects.ContentVerifier} of every byte.
 */
@NullMarked
package org.hgwire.redirects;

import org.jspecify.annotations.NullMarked;
