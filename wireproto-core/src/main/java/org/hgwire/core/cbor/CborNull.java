// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

/** Null (simple value 22). */
public enum CborNull implements CborValue {
  /** The only null. */
  NULL;

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitNull(this);
  }
}
