/**
 * Certificates for tests, and the cases of trust that every way of connecting has to decide alike:
 * made when they are needed, with Bouncy Castle.
 */
@NullMarked
package org.hgwire.redirects.testing;

import org.jspecify.annotations.NullMarked;
