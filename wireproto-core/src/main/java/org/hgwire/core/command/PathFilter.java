// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * Which paths a request is about (wireprotocolv2, Path Filters): those that a rule of {@code
 * include} matches and no rule of {@code exclude}.
 *
 * <p>Without rules in {@code include} every path is relevant. The text says so of a missing key
 * only; Mercurial's server also says so of an empty array, and is followed: what is asked of it and
 * of this library is then the same, and the other reading would make an answer silently incomplete.
 *
 * <p>A match costs a hash look-up for each directory of the path, however many rules there are. An
 * instance is immutable and may be shared between threads.
 */
public final class PathFilter {
  private static final PathFilter EVERYTHING = new PathFilter(List.of(), List.of());

  private final List<ByteString> include;
  private final List<ByteString> exclude;
  private final PathRules included;
  private final PathRules excluded;

  private PathFilter(List<ByteString> include, List<ByteString> exclude) {
    this.include = List.copyOf(include);
    this.exclude = List.copyOf(exclude);
    included = PathRules.of(this.include, "include");
    excluded = PathRules.of(this.exclude, "exclude");
  }

  /** Returns the filter that every path passes. */
  public static PathFilter everything() {
    return EVERYTHING;
  }

  /**
   * Returns a filter.
   *
   * @param include rules of which one must match, each {@code path:…} or {@code rootfilesin:…};
   *     empty for every path
   * @param exclude rules of which none may match
   * @throws IllegalArgumentException if a rule begins with neither prefix
   */
  public static PathFilter of(List<ByteString> include, List<ByteString> exclude) {
    try {
      return new PathFilter(include, exclude);
    } catch (org.hgwire.core.WireProtocolException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Returns the filter that paths pass which one of these rules matches.
   *
   * @param rules each {@code path:…} or {@code rootfilesin:…}; sent as UTF-8
   * @throws IllegalArgumentException if a rule begins with neither prefix
   */
  public static PathFilter including(String... rules) {
    return of(bytes(rules), List.of());
  }

  /**
   * Returns the filter that paths pass which none of these rules matches.
   *
   * @param rules each {@code path:…} or {@code rootfilesin:…}; sent as UTF-8
   * @throws IllegalArgumentException if a rule begins with neither prefix
   */
  public static PathFilter excluding(String... rules) {
    return of(List.of(), bytes(rules));
  }

  private static List<ByteString> bytes(String... rules) {
    return Stream.of(rules).map(ByteString::utf8).toList();
  }

  /**
   * Reads a filter; unknown keys are passed over, as Mercurial does.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if {@code value} is not a
   *     map of arrays of rules
   */
  public static PathFilter read(CborValue value) {
    MapReader reader = ValueReader.request("path filter").fields(value);
    return new PathFilter(
        reader.optionalByteStringSet("include"), reader.optionalByteStringSet("exclude"));
  }

  /** Returns the rules of which one must match, as they were given; empty for every path. */
  public List<ByteString> include() {
    return include;
  }

  /** Returns the rules of which none may match, as they were given. */
  public List<ByteString> exclude() {
    return exclude;
  }

  /** Returns whether {@code path}, as a manifest has it, passes the filter. */
  public boolean matches(ByteString path) {
    return (include.isEmpty() || included.match(path)) && !excluded.match(path);
  }

  /** Returns the map; a list without rules is left out. */
  public CborMap toCbor() {
    CborMap.Builder map = CborMap.builder();
    if (!include.isEmpty()) {
      map.put("include", CborArray.ofByteStrings(include));
    }
    if (!exclude.isEmpty()) {
      map.put("exclude", CborArray.ofByteStrings(exclude));
    }
    return map.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathFilter that
        && include.equals(that.include)
        && exclude.equals(that.exclude);
  }

  @Override
  public int hashCode() {
    return 31 * include.hashCode() + exclude.hashCode();
  }

  @Override
  public String toString() {
    return "PathFilter[include=" + include + ", exclude=" + exclude + "]";
  }
}
