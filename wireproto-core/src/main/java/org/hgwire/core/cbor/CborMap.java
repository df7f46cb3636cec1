// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A map (major type 5, definite length) with scalar keys, each once. The order of the wire is kept
 * when read and does not count for equality; the encoder sorts.
 */
public final class CborMap implements CborValue {
  private static final CborMap EMPTY = new CborMap(List.of());

  /** Up to this many entries a look-up scans; beyond, it uses {@link #index}. */
  private static final int SCANNED = 8;

  private final List<Entry<CborValue, CborValue>> entries;
  private @Nullable Map<CborValue, CborValue> index;

  private CborMap(List<Entry<CborValue, CborValue>> entries) {
    this.entries = entries;
  }

  /** Returns the map without entries. */
  public static CborMap empty() {
    return EMPTY;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the entries in the order they were read or given. */
  public List<Entry<CborValue, CborValue>> entries() {
    return entries;
  }

  /** Returns the number of entries. */
  public int size() {
    return entries.size();
  }

  /** Returns the value of {@code key}, or null if there is none. */
  public @Nullable CborValue get(CborValue key) {
    if (entries.size() <= SCANNED) {
      for (Entry<CborValue, CborValue> entry : entries) {
        if (entry.getKey().equals(key)) {
          return entry.getValue();
        }
      }
      return null;
    }
    Map<CborValue, CborValue> found = index;
    if (found == null) {
      found = toMap();
      index = found;
    }
    return found.get(key);
  }

  /** Returns the value of the byte string key {@code key} in UTF-8, or null if there is none. */
  public @Nullable CborValue get(String key) {
    return get(CborBytes.utf8(key));
  }

  private Map<CborValue, CborValue> toMap() {
    Map<CborValue, CborValue> map = new HashMap<>(entries.size() * 2);
    for (Entry<CborValue, CborValue> entry : entries) {
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitMap(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CborMap that
        && entries.size() == that.entries.size()
        && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return "CborMap" + entries;
  }

  /** Collects entries; a key that was put before is an {@link IllegalArgumentException}. */
  public static final class Builder {
    private final Map<CborValue, CborValue> entries = new LinkedHashMap<>();

    private Builder() {}

    /** Adds an entry. */
    public Builder put(CborValue key, CborValue value) {
      CborOrder.requireScalar(key);
      if (entries.putIfAbsent(key, value) != null) {
        throw new IllegalArgumentException("the key " + key + " occurs twice");
      }
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
      List<Entry<CborValue, CborValue>> list = new ArrayList<>(entries.size());
      entries.forEach((key, value) -> list.add(new SimpleImmutableEntry<>(key, value)));
      return list.isEmpty() ? EMPTY : new CborMap(List.copyOf(list));
    }
  }
}
