// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A set (tag 258 on an array) of distinct scalar members. The order of members is kept from the
 * wire and is ignored by {@code equals}; the encoder sorts.
 */
public final class CborSet implements CborValue {
  private final List<CborValue> members;
  private final boolean ascending;
  private volatile @Nullable List<CborValue> sorted;

  private CborSet(List<CborValue> members, boolean ascending) {
    this.members = members;
    this.ascending = ascending;
  }

  /**
   * Returns a set of {@code members}.
   *
   * @throws IllegalArgumentException if a member occurs twice or is an array, a set or a map
   */
  public static CborSet of(List<? extends CborValue> members) {
    CborValue[] items = members.toArray(new CborValue[0]);
    DistinctScalars distinct = new DistinctScalars();
    for (int i = 0; i < items.length; i++) {
      CborOrder.requireScalar(items[i]);
      if (!distinct.add(items[i], items, i, 1)) {
        throw new IllegalArgumentException(
            "the member " + DiagnosticNotation.print(items[i]) + " occurs twice");
      }
    }
    return ofDistinct(items, distinct.ascending());
  }

  /**
   * Returns a set of the byte strings {@code members}.
   *
   * @throws IllegalArgumentException if one occurs twice
   */
  public static CborSet ofByteStrings(Collection<ByteString> members) {
    return of(CborBytes.all(members));
  }

  /**
   * Returns a set of {@code members}, of which some may be repeated.
   *
   * @throws IllegalArgumentException if a member is an array, a set or a map
   */
  public static CborSet ofRepeated(List<? extends CborValue> members) {
    CborValue[] items = new CborValue[members.size()];
    DistinctScalars distinct = new DistinctScalars();
    int count = 0;
    for (CborValue member : members) {
      CborOrder.requireScalar(member);
      if (distinct.add(member, items, count, 1)) {
        items[count++] = member;
      }
    }
    return ofDistinct(Arrays.copyOf(items, count), distinct.ascending());
  }

  /** Returns a set of scalars that are known to be distinct. */
  static CborSet ofDistinct(CborValue[] members, boolean ascending) {
    return new CborSet(List.of(members), ascending);
  }

  /** Returns the members in the order in which they were read or given. */
  public List<CborValue> members() {
    return members;
  }

  /** Returns the members in the order of {@link CborOrder}. */
  List<CborValue> sorted() {
    if (ascending) {
      return members;
    }
    List<CborValue> found = sorted;
    if (found == null) {
      CborValue[] items = members.toArray(new CborValue[0]);
      Arrays.sort(items, CborOrder.INSTANCE);
      found = List.of(items);
      sorted = found;
    }
    return found;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSet(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CborSet that && sorted().equals(that.sorted());
  }

  @Override
  public int hashCode() {
    return sorted().hashCode();
  }

  @Override
  public String toString() {
    return "CborSet" + members;
  }
}
