// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

/**
 * A server with one fault.
 *
 * @param cases the pattern of the cases that test the layer of the fault
 * @param name what is wrong
 * @param fault the fault
 */
record Mutant(String cases, String name, Fault fault) implements Variant {}
