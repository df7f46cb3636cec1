/**
 * Fixtures for the tests of this and other modules: certificates, made when they are needed with
 * Bouncy Castle; the cases of trust that every way of connecting has to decide alike; and nginx as
 * the content host.
 */
@NullMarked
package org.hgwire.redirects.testing;

import org.jspecify.annotations.NullMarked;
