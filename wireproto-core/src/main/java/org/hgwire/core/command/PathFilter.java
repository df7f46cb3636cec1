// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The paths that a request selects (wireprotocolv2, Path Filters): those that a rule of {@code
 * include} matches and no rule of {@code exclude}.
 *
 * <p>Without rules in {@code include} every path is relevant. The protocol's text says so for a
 * missing key only. Mercurial's server does the same for an empty array, and this library follows
 * it: the other reading would make a response silently incomplete.
 *
 * <p>A match takes one or two look-ups in sorted sets, regardless of the number of directories.
 * Instances are immutable and may be shared between threads.
 */
public final class PathFilter {
  private static final PathFilter EVERYTHING =
      new PathFilter(List.of(), List.of(), Integer.MAX_VALUE);

  private final List<ByteString> include;
  private final List<ByteString> exclude;
  private final PathRules included;
  private final PathRules excluded;

  private PathFilter(List<ByteString> include, List<ByteString> exclude, int maxRule) {
    this.include = List.copyOf(include);
    this.exclude = List.copyOf(exclude);
    included = PathRules.of(this.include, "include", maxRule);
    excluded = PathRules.of(this.exclude, "exclude", maxRule);
  }

  /** Returns the filter that every path passes. */
  public static PathFilter everything() {
    return EVERYTHING;
  }

  /**
   * Returns a filter.
   *
   * @param include rules, one of which must match, each {@code path:…} or {@code rootfilesin:…};
   *     empty for every path
   * @param exclude rules, none of which may match
   * @throws IllegalArgumentException if a rule begins with neither prefix
   */
  public static PathFilter of(List<ByteString> include, List<ByteString> exclude) {
    try {
      return new PathFilter(include, exclude, Integer.MAX_VALUE);
    } catch (org.hgwire.core.WireProtocolException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Returns a filter for the paths that at least one of these rules matches.
   *
   * @param rules each {@code path:…} or {@code rootfilesin:…}; sent as UTF-8
   * @throws IllegalArgumentException if a rule begins with neither prefix
   */
  public static PathFilter including(String... rules) {
    return of(bytes(rules), List.of());
  }

  /**
   * Returns a filter for the paths that none of these rules matches.
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
   * Reads a filter within the default limits.
   *
   * @throws org.hgwire.core.WireProtocolException as {@link #read(CborValue, WireLimits)}
   */
  public static PathFilter read(CborValue value) {
    return read(value, WireLimits.defaults());
  }

  /**
   * Reads a filter; unknown keys are ignored, as Mercurial does.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if {@code value} is not a
   *     map of arrays of rules, with LIMIT if a rule is longer than {@link WireLimit#MAX_PATH_RULE}
   */
  public static PathFilter read(CborValue value, WireLimits limits) {
    MapReader reader = ValueReader.request("path filter").fields(value);
    return new PathFilter(
        reader.optionalByteStringSet("include"),
        reader.optionalByteStringSet("exclude"),
        limits.intOf(WireLimit.MAX_PATH_RULE));
  }

  /** Returns the rules of {@code include} as they were given; empty for every path. */
  public List<ByteString> include() {
    return include;
  }

  /** Returns the rules of {@code exclude} as they were given. */
  public List<ByteString> exclude() {
    return exclude;
  }

  /** Returns whether {@code path}, in the form of manifests, passes the filter. */
  public boolean matches(ByteString path) {
    return (include.isEmpty() || included.match(path)) && !excluded.match(path);
  }

  /** Returns the map, without empty lists. */
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
