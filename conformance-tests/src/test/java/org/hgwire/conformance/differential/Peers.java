// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;

/**
 * Two peers that take the same inputs.
 *
 * @param <I> the inputs
 * @param <C> what the peers made of one
 */
interface Peers<I, C extends Comparison> {
  /** Returns the inputs. */
  Arbitrary<I> inputs();

  /**
   * Gives an input to both.
   *
   * @throws IOException if a peer cannot be reached
   */
  C compare(I input) throws IOException, InterruptedException;

  /** Returns inputs with a little less than {@code input}, those with the least first. */
  List<I> smaller(I input);
}
