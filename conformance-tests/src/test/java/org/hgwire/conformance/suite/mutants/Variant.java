// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

/** A peer with one fault, as the page lists it. */
public interface Variant {
  /** Returns the pattern of the cases that test the layer of the fault. */
  String cases();

  /** Returns what is wrong. */
  String name();
}
