// SPDX-License-Identifier: Apache-2.0
/**
 * Targets for <a href="https://github.com/CodeIntelligenceTesting/jazzer">Jazzer</a>: each class
 * {@code …Fuzzer} has a method {@code fuzzerTestOneInput}. What it throws is a finding: anything
 * but the typed error that the reader documents, a result that depends on how the input is cut, and
 * a call that takes more than a second of CPU time ({@link org.hgwire.fuzz.TimedCall}).
 */
@NullMarked
package org.hgwire.fuzz;

import org.jspecify.annotations.NullMarked;
