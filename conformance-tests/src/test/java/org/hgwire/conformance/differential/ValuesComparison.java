// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.List;
import org.hgwire.core.ByteString;

/**
 * What both clients made of the objects of one response.
 *
 * @param encoded the objects
 * @param theirs what hg printed, in diagnostic notation, or why there is nothing
 * @param ours what we decoded, in the same notation
 */
record ValuesComparison(List<ByteString> encoded, List<String> theirs, List<String> ours)
    implements Comparison {
  @Override
  public boolean isEqual() {
    return theirs.equals(ours);
  }

  @Override
  public int size() {
    return encoded.size();
  }

  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    encoded.forEach(each -> lines.append("  h'" + each.hex() + "'\n"));
    return lines + "  hg:   " + theirs + "\n  ours: " + ours;
  }
}
