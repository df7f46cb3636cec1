// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.Set;

/**
 * What both servers made of frames.
 *
 * @param input the frames
 * @param theirs the outcome of hg's server
 * @param ours the outcome of our server
 */
record FrameComparison(FrameInput input, FrameOutcome theirs, FrameOutcome ours)
    implements Comparison {
  /** Returns what is wrong with, or rare in, the frames. */
  Set<FrameTrait> traits() {
    return FrameTrait.of(input.body());
  }

  @Override
  public boolean isEqual() {
    return theirs.isLike(ours);
  }

  @Override
  public String toString() {
    return input + "  " + traits() + "\nhg:   " + theirs + "ours: " + ours;
  }
}
