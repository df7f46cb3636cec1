// SPDX-License-Identifier: Apache-2.0
/**
 * Mercurial's subset of CBOR ({@code hg help internals.cbor}).
 *
 * <p>Begin with {@link org.hgwire.core.cbor.CborValue} and its seven types, then {@link
 * org.hgwire.core.cbor.CborEncoder}, which is deterministic, and {@link
 * org.hgwire.core.cbor.CborDecoder}, which accepts input in any pieces and returns {@link
 * org.hgwire.core.cbor.CborEvent}s. {@link org.hgwire.core.cbor.ValueReader} and {@link
 * org.hgwire.core.cbor.MapReader} read values by type and report a wrong type as the peer's fault.
 * {@link org.hgwire.core.cbor.DiagnosticNotation} prints and reads values as text, for people and
 * tests.
 *
 * <p>Internally, the decoder is a state machine over {@code HeadReader} (input and heads), {@code
 * InitialByte} (which heads are allowed), {@code ContainerStack} with its {@code OpenContainer}s
 * (the nesting) and {@code StringAssembler}; {@code CborOrder} and {@code DistinctScalars} have the
 * rules for keys and members.
 */
@NullMarked
package org.hgwire.core.cbor;

import org.jspecify.annotations.NullMarked;
