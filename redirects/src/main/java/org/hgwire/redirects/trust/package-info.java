// SPDX-License-Identifier: Apache-2.0
/**
 * The checks of a content host's TLS certificate, with the pins of a location or without.
 *
 * <p>Begin with {@link org.hgwire.redirects.trust.ContentTrust}: its trust manager is for new
 * connections, {@code requirePeer} for each request on a connection that is used again.
 *
 * <p>Inside, both run the same checks: {@code ServerCertificate} and {@code HostMatch} look at the
 * server's own certificate, {@code PathCheck} with {@code AnchorLimits} builds a path to the
 * authorities of the pins or of the user, and {@code PlatformTrust} asks the platform if there are
 * none.
 */
@NullMarked
package org.hgwire.redirects.trust;

import org.jspecify.annotations.NullMarked;
