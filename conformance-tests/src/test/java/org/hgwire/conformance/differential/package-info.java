// SPDX-License-Identifier: Apache-2.0
/**
 * Differential fuzzing: the same generated input for our side and for a real hg, and what each
 * makes of it. What differs is on a list, with the reason; what is not fails the test, made small.
 *
 * <p>{@link org.hgwire.conformance.differential.FrameDifferencesTest} sends frames to both servers,
 * {@link org.hgwire.conformance.differential.CborDifferencesTest} values and what is none to both
 * decoders, {@link org.hgwire.conformance.differential.BundleDifferencesTest} requests for bundles
 * to both servers. {@link org.hgwire.conformance.differential.Rounds} says how to run them for
 * hours, and {@code docs/conformance/differences.md} has the lists and what was seen of them.
 */
@NullMarked
package org.hgwire.conformance.differential;

import org.jspecify.annotations.NullMarked;
