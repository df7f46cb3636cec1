// SPDX-License-Identifier: Apache-2.0
/**
 * Content redirects: which targets a client offers, which locations it follows, and whether the
 * content is what was promised (wireprotocolrpc, Content Redirects). Nothing here opens a
 * connection; a caller that does, such as package {@code fetch} with an HTTP library, asks these
 * classes on the way.
 *
 * <p>Begin with {@link org.hgwire.redirects.RedirectPolicy}, what the user allows, and {@link
 * org.hgwire.redirects.LocationPolicy}, which applies it. In the order of an exchange:
 *
 * <ol>
 *   <li>{@link org.hgwire.redirects.TargetOffers} reads the server's capabilities and says what to
 *       offer with a command;
 *   <li>{@code LocationPolicy} turns the location in a response into an {@link
 *       org.hgwire.redirects.ApprovedLocation}: a URL, a {@link org.hgwire.redirects.PinSet} and a
 *       {@link org.hgwire.redirects.ContentExpectation};
 *   <li>{@link org.hgwire.redirects.AddressPolicy} checks what the host name resolved to;
 *   <li>{@code PinSet}, and the package {@code trust} around it, check the certificates of the
 *       server;
 *   <li>{@link org.hgwire.redirects.ContentVerifier} checks every byte of the content.
 * </ol>
 *
 * <p>Whatever fails is a {@link org.hgwire.redirects.RedirectException} with a {@link
 * org.hgwire.redirects.RedirectFault}. Inside, {@code ContentUrl} is the strict parser of URLs,
 * {@code UsableTarget} a target with such URLs, and {@code StrictDer} the parser of certificates.
 */
@NullMarked
package org.hgwire.redirects;

import org.jspecify.annotations.NullMarked;
