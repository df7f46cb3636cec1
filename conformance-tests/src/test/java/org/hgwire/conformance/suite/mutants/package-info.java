// SPDX-License-Identifier: Apache-2.0
/**
 * Proof that every case of the suite can fail: our server with one fault at a time, each of them
 * what a server does that lacks a rule of the protocol. A case that no mutant fails tests nothing.
 */
@NullMarked
package org.hgwire.conformance.suite.mutants;

import org.jspecify.annotations.NullMarked;
