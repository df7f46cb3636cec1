// SPDX-License-Identifier: Apache-2.0
/**
 * Generators of what the protocol consists of, as <a href="https://jqwik.net">jqwik</a>
 * arbitraries, for tests of decoders, servers and clients. Three degrees are told apart:
 *
 * <ul>
 *   <li><em>sound</em>: what the protocol allows, in all its forms. A reader that refuses it is
 *       wrong.
 *   <li><em>nearly sound</em>: sound but for one rule that is broken, or was by chance not broken.
 *       It gets past the first checks.
 *   <li><em>hostile</em>: damage in any place, and what is made to cost memory or time. A reader
 *       must end with a typed error, or not mind.
 * </ul>
 *
 * <p>Begin with {@link org.hgwire.testing.RequestArbitraries} for a server, {@link
 * org.hgwire.testing.ResponseArbitraries} for a client, {@link org.hgwire.testing.FrameArbitraries}
 * and {@link org.hgwire.testing.CborArbitraries} for decoders. {@link
 * org.hgwire.testing.ChunkingArbitraries} cuts what they make into pieces, and {@link
 * org.hgwire.testing.DamageArbitraries} damages any bytes. Samples shrink, and print as what people
 * read: frames as lines of the frame notation, values in diagnostic notation, bytes in hexadecimal
 * ({@link org.hgwire.testing.NotationFormat}).
 */
@NullMarked
package org.hgwire.testing;

import org.jspecify.annotations.NullMarked;
