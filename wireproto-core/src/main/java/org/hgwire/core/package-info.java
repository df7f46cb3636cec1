// SPDX-License-Identifier: Apache-2.0
/**
 * Values and rules that all parts of the protocol share.
 *
 * <p>{@link org.hgwire.core.ByteString} is the type of paths, names and messages, and {@link
 * org.hgwire.core.PeerText} makes them safe to show; {@link org.hgwire.core.WireLimits} has every
 * limit that is enforced on a peer; {@link org.hgwire.core.WireProtocolException} reports a fault
 * of the peer, with its code, scope and origin; {@link org.hgwire.core.IncrementalDecoder} is the
 * contract of all decoders that throw it.
 *
 * <p>The packages build on this one in layers, each of which uses only those before it: {@code
 * cbor}, {@code frame} and {@code encoding} know bytes; {@code message} and {@code command} know
 * what is in them; {@code reactor} knows the order they come in. {@code bundle} and {@code
 * revision} are independent of the reactor: bundles are another transport of history, and revisions
 * are what the data of commands means. {@code version1} is the other form that requests and
 * responses have in version 1 of the protocol.
 */
@NullMarked
package org.hgwire.core;

import org.jspecify.annotations.NullMarked;
