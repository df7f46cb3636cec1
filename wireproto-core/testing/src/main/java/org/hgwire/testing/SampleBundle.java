// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import org.hgwire.core.ByteString;

/**
 * A bundle, with what is in it.
 *
 * @param description the format, the compression and the number of changesets, to be read
 * @param changesets the number of changesets that were written, before any damage
 * @param bytes the bundle
 */
public record SampleBundle(String description, int changesets, ByteString bytes) {
  /** Returns this bundle with some damage. */
  public SampleBundle with(Damage damage) {
    return new SampleBundle(description + ", damaged", changesets, damage.applyTo(bytes));
  }

  /** Returns the description, and the bytes in hexadecimal. */
  @Override
  public String toString() {
    return description + ": h'" + bytes.hex() + "'";
  }
}
