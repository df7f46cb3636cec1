// SPDX-License-Identifier: Apache-2.0
/**
 * Mercurial's subset of CBOR ({@code hg help internals.cbor}).
 *
 * <p>Begin with {@link org.hgwire.core.cbor.CborValue} and its seven types, then {@link
 * org.hgwire.core.cbor.CborEncoder}, which is deterministic, and {@link
 * org.hgwire.core.cbor.CborDecoder}, which takes input in any pieces and gives {@link
 * org.hgwire.core.cbor.CborEvent}s. {@link org.hgwire.core.cbor.ValueReader} and {@link
 * org.hgwire.core.cbor.MapReader} take values apart by type and say whose fault it is if they
 * cannot. {@link org.hgwire.core.cbor.DiagnosticNotation} is values as text, for people and tests.
 *
 * <p>Inside, the decoder is a machine of states over {@code HeadReader} (input and heads), {@code
 * InitialByte} (what a head may be), {@code ContainerStack} of {@code OpenContainer}s (what it is
 * in) and {@code StringAssembler}; {@code CborOrder} and {@code DistinctScalars} are the rules of
 * keys and members.
 */
@NullMarked
package org.hgwire.core.cbor;

import org.jspecify.annotations.NullMarked;
