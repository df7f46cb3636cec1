// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of adapters to HTTP servers, as tests: {@link
 * org.hgwire.server.testing.ExchangeContract}, {@link org.hgwire.server.testing.PaceContract},
 * {@link org.hgwire.server.testing.CommandContract}, {@link
 * org.hgwire.server.testing.Version1Contract} and {@link
 * org.hgwire.server.testing.ContentContract}. The test class of an adapter implements all of them
 * and says in {@link org.hgwire.server.testing.HttpAdapter} how a server is started.
 */
@NullMarked
package org.hgwire.server.testing;

import org.jspecify.annotations.NullMarked;
