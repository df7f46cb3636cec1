// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A set (tag 258 on an array): members of scalar types, each once. The order of the wire is kept
 * when read and does not count for equality; the encoder sorts.
 */
public final class CborSet implements CborValue {
  private final List<CborValue> members;

  private CborSet(List<CborValue> members) {
    this.members = members;
  }

  /**
   * Returns a set of {@code members}.
   *
   * @throws IllegalArgumentException if a member occurs twice or is an array, a set or a map
   */
  public static CborSet of(List<? extends CborValue> members) {
    Set<CborValue> seen = new HashSet<>();
    for (CborValue member : members) {
      CborOrder.requireScalar(member);
      if (!seen.add(member)) {
        throw new IllegalArgumentException("the member " + member + " occurs twice");
      }
    }
    return new CborSet(List.copyOf(members));
  }

  /** Returns the members in the order they were read or given. */
  public List<CborValue> members() {
    return members;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSet(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CborSet that
        && members.size() == that.members.size()
        && new HashSet<>(members).equals(new HashSet<>(that.members));
  }

  @Override
  public int hashCode() {
    return new HashSet<>(members).hashCode();
  }

  @Override
  public String toString() {
    return "CborSet" + members;
  }
}
