// SPDX-License-Identifier: Apache-2.0
/**
 * Values and rules that every part of the protocol shares.
 *
 * <p>{@link org.hgwire.core.ByteString} is what paths, names and messages are; {@link
 * org.hgwire.core.WireLimits} is every limit that a peer is held to; {@link
 * org.hgwire.core.WireProtocolException} is the one way in which a peer's fault is reported, with
 * its code, scope and origin.
 *
 * <p>The packages build on this one in layers, each of which uses only those before it: {@code
 * cbor}, {@code frame} and {@code encoding} know bytes; {@code message} and {@code command} know
 * what is in them; {@code reactor} knows the order they come in. {@code revision} stands beside
 * them: it knows what the data of commands means.
 */
@NullMarked
package org.hgwire.core;

import org.jspecify.annotations.NullMarked;
