// SPDX-License-Identifier: Apache-2.0
/**
 * Exchanges that end too soon, at every byte: each command of both versions of the protocol, in
 * each encoding, cut in the request and in the response. A cut is a typed failure; what was
 * delivered before it is the beginning of the whole; a request that is cut runs no command; and the
 * whole request that follows gets the same bytes as before.
 *
 * <p>Most cuts are made without sockets, between our client and our server, by {@link
 * org.hgwire.conformance.cuts.MemoryWire}.
 */
@NullMarked
package org.hgwire.conformance.cuts;

import org.jspecify.annotations.NullMarked;
