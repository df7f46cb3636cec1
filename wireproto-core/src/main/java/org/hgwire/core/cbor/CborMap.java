// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.RandomAccess;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A map (major type 5, definite length) with distinct scalar keys. The order of entries is kept
 * from the wire and is ignored by {@code equals}; the encoder sorts.
 */
public final class CborMap implements CborValue {
  private static final CborMap EMPTY = new CborMap(new CborValue[0], true);

  /** Look-ups scan up to this many entries; larger maps are searched in {@link #sorted}. */
  private static final int SCANNED = 8;

  /** Keys at even indices, each followed by its value. Never modified, never exposed. */
  private final CborValue[] items;

  private final boolean ascending;
  private volatile CborValue @Nullable [] sorted;

  private CborMap(CborValue[] items, boolean ascending) {
    this.items = items;
    this.ascending = ascending;
  }

  /** Returns the empty map. */
  public static CborMap empty() {
    return EMPTY;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a map of alternating keys and values; it keeps the array. The keys are known to be
   * distinct scalars.
   */
  static CborMap ofDistinct(CborValue[] items, boolean ascending) {
    return items.length == 0 ? EMPTY : new CborMap(items, ascending);
  }

  /** Returns a view of the entries in the order in which they were read or added. */
  public List<Entry<CborValue, CborValue>> entries() {
    return new Entries(items);
  }

  /** Returns the number of entries. */
  public int size() {
    return items.length / 2;
  }

  /** Returns the value of {@code key}, or null if there is none. */
  public @Nullable CborValue get(CborValue key) {
    if (size() <= SCANNED) {
      for (int i = 0; i < items.length; i += 2) {
        if (items[i].equals(key)) {
          return items[i + 1];
        }
      }
      return null;
    }
    return CborOrder.isScalar(key) ? search(key) : null;
  }

  /** Returns the value of the byte string key {@code key} in UTF-8, or null if there is none. */
  public @Nullable CborValue get(String key) {
    return get(CborBytes.utf8(key));
  }

  /**
   * Returns the value of the byte string key {@code key} in UTF-8, which is known to be there, such
   * as a command's required argument or one with a default.
   *
   * @throws IllegalArgumentException if there is none
   */
  public CborValue require(String key) {
    CborValue value = get(key);
    if (value == null) {
      throw new IllegalArgumentException("the map has no key \"" + key + "\"");
    }
    return value;
  }

  private @Nullable CborValue search(CborValue key) {
    CborValue[] keysAndValues = sorted();
    int from = 0;
    int to = size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = CborOrder.INSTANCE.compare(keysAndValues[2 * middle], key);
      if (order == 0) {
        return keysAndValues[2 * middle + 1];
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return null;
  }

  /**
   * Returns alternating keys and values, in the order of {@link CborOrder}; the array must not be
   * modified.
   */
  CborValue[] sorted() {
    if (ascending) {
      return items;
    }
    CborValue[] found = sorted;
    if (found == null) {
      found = sort(items);
      sorted = found;
    }
    return found;
  }

  private static CborValue[] sort(CborValue[] items) {
    Integer[] order = new Integer[items.length / 2];
    Arrays.setAll(order, i -> 2 * i);
    Arrays.sort(order, (a, b) -> CborOrder.INSTANCE.compare(items[a], items[b]));
    CborValue[] sorted = new CborValue[items.length];
    for (int i = 0; i < order.length; i++) {
      sorted[2 * i] = items[order[i]];
      sorted[2 * i + 1] = items[order[i] + 1];
    }
    return sorted;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitMap(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CborMap that
        && items.length == that.items.length
        && Arrays.equals(sorted(), that.sorted());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted());
  }

  @Override
  public String toString() {
    return "CborMap" + entries();
  }

  private static final class Entries extends AbstractList<Entry<CborValue, CborValue>>
      implements RandomAccess {
    private final CborValue[] items;

    Entries(CborValue[] items) {
      this.items = items;
    }

    @Override
    public Entry<CborValue, CborValue> get(int index) {
      return Map.entry(items[2 * index], items[2 * index + 1]);
    }

    @Override
    public int size() {
      return items.length / 2;
    }
  }

  /** Collects entries. Adding a key twice is an {@link IllegalArgumentException}. */
  public static final class Builder {
    /** As many as a record of a revision has at most. */
    private static final int FIRST_ENTRIES = 5;

    private final DistinctScalars distinct = new DistinctScalars();
    private CborValue[] items = new CborValue[2 * FIRST_ENTRIES];
    private int count;

    private Builder() {}

    /** Adds an entry. */
    public Builder put(CborValue key, CborValue value) {
      CborOrder.requireScalar(key);
      if (!distinct.add(key, items, count, 2)) {
        throw new IllegalArgumentException(
            "the key " + DiagnosticNotation.print(key) + " occurs twice");
      }
      if (count == items.length) {
        items = Arrays.copyOf(items, count * 2);
      }
      items[count++] = key;
      items[count++] = value;
      return this;
    }

    /** Adds an entry whose key is the byte string {@code key} in UTF-8. */
    public Builder put(String key, CborValue value) {
      return put(CborBytes.utf8(key), value);
    }

    /** Adds an entry whose value is a byte string. */
    public Builder put(String key, ByteString value) {
      return put(key, new CborBytes(value));
    }

    /** Adds an entry whose value is an integer. */
    public Builder put(String key, long value) {
      return put(key, CborInteger.of(value));
    }

    /** Adds an entry whose value is a boolean. */
    public Builder put(String key, boolean value) {
      return put(key, CborBoolean.of(value));
    }

    /** Returns the map. */
    public CborMap build() {
      return ofDistinct(Arrays.copyOf(items, count), distinct.ascending());
    }
  }
}
