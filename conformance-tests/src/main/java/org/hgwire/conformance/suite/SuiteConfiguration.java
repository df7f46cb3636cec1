// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hgwire.conformance.cases.Level;
import org.hgwire.conformance.cases.Profile;
import org.jspecify.annotations.Nullable;

/**
 * How a run is done.
 *
 * <p>A pattern of cases is the id of one, in which {@code *} stands for any characters.
 *
 * @param profiles the profiles to run; empty for all that the peer offers
 * @param levels the levels whose cases are run
 * @param exclusions patterns of cases that are not run, and why not
 * @param expectedFailures patterns of cases that are expected to fail, and why
 * @param headers headers that are sent with each request, names in lower case: secrets, such as
 *     {@code authorization}
 * @param filter the pattern of the cases that are run
 * @param peer the name of the peer in results, or null for its URL
 * @param parallel how many cases are run at the same time
 * @param timeLimit how long one request of a case may take, or, of a case for clients, the client
 * @param repeat how often each case is run; it passes if it passes each time
 */
public record SuiteConfiguration(
    Set<Profile> profiles,
    Set<Level> levels,
    Map<String, String> exclusions,
    Map<String, String> expectedFailures,
    Map<String, String> headers,
    String filter,
    @Nullable String peer,
    int parallel,
    Duration timeLimit,
    int repeat) {
  /** Copies the collections and checks the numbers. */
  public SuiteConfiguration {
    profiles = copy(profiles, Profile.class);
    levels = copy(levels, Level.class);
    exclusions = copy(exclusions);
    expectedFailures = copy(expectedFailures);
    headers = copy(headers);
    if (parallel < 1 || repeat < 1 || timeLimit.toMillis() < 1) {
      throw new IllegalArgumentException(
          "the number of cases at a time, the number of runs and the time limit are positive");
    }
  }

  private static <E extends Enum<E>> Set<E> copy(Set<E> set, Class<E> type) {
    Set<E> copy = EnumSet.noneOf(type);
    copy.addAll(set);
    return Collections.unmodifiableSet(copy);
  }

  private static Map<String, String> copy(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * Returns the defaults: every profile that the peer offers, all levels, four cases at a time, 20
   * seconds for each request, or each run of a client.
   */
  public static SuiteConfiguration defaults() {
    return new Builder().build();
  }

  /** Returns the configuration as it is shown in a result: JSON's values, without secrets. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("profiles", profiles.stream().map(Profile::text).toList());
    map.put("levels", levels.stream().map(Level::text).toList());
    map.put("exclude", exclusions);
    map.put("expectedFailures", expectedFailures);
    Map<String, String> redacted = new LinkedHashMap<>();
    headers.keySet().forEach(name -> redacted.put(name, "(redacted)"));
    map.put("headers", redacted);
    map.put("filter", filter);
    map.put("parallel", parallel);
    map.put("timeLimitSeconds", timeLimit.toMillis() / 1000.0);
    map.put("repeat", repeat);
    return map;
  }

  /** Returns a builder that begins with this configuration. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.profiles = profiles;
    builder.levels = levels;
    builder.exclusions.putAll(exclusions);
    builder.expectedFailures.putAll(expectedFailures);
    builder.headers.putAll(headers);
    builder.filter = filter;
    builder.peer = peer;
    builder.parallel = parallel;
    builder.timeLimit = timeLimit;
    builder.repeat = repeat;
    return builder;
  }

  /** Makes a {@link SuiteConfiguration}. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> exclusions = new LinkedHashMap<>();
    private final Map<String, String> expectedFailures = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Set<Profile> profiles = Set.of();
    private Set<Level> levels = EnumSet.allOf(Level.class);
    private String filter = "*";
    private @Nullable String peer;
    private int parallel = 4;
    private Duration timeLimit = Duration.ofSeconds(20);
    private int repeat = 1;

    /** Begins with the defaults. */
    public Builder() {}

    /** Sets the profiles to run; empty for all that the peer offers. */
    public Builder profiles(Set<Profile> some) {
      profiles = some;
      return this;
    }

    /** Sets the levels whose cases are run. */
    public Builder levels(Set<Level> some) {
      levels = some;
      return this;
    }

    /** Excludes the cases of a pattern. */
    public Builder exclude(String pattern, String reason) {
      exclusions.put(pattern, reason);
      return this;
    }

    /** Expects the cases of a pattern to fail. */
    public Builder expectFailure(String pattern, String reason) {
      expectedFailures.put(pattern, reason);
      return this;
    }

    /** Sends a header with each request. */
    public Builder header(String name, String value) {
      headers.put(name.toLowerCase(Locale.ROOT), value);
      return this;
    }

    /** Sets the pattern of the cases that are run. */
    public Builder filter(String pattern) {
      filter = pattern;
      return this;
    }

    /** Sets the name of the peer in results. */
    public Builder peer(String name) {
      peer = name;
      return this;
    }

    /** Sets how many cases are run at the same time. */
    public Builder parallel(int cases) {
      parallel = cases;
      return this;
    }

    /** Sets how long one request of a case, or a client in one, may take. */
    public Builder timeLimit(Duration limit) {
      timeLimit = limit;
      return this;
    }

    /** Sets how often each case is run. */
    public Builder repeat(int times) {
      repeat = times;
      return this;
    }

    /** Returns the configuration. */
    public SuiteConfiguration build() {
      return new SuiteConfiguration(
          profiles,
          levels,
          exclusions,
          expectedFailures,
          headers,
          filter,
          peer,
          parallel,
          timeLimit,
          repeat);
    }
  }
}
