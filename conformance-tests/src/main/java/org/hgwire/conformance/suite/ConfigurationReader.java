// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.conformance.cases.Level;
import org.hgwire.conformance.cases.Profile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration from JSON. All fields may be missing:
 *
 * <pre>{@code
 * {"peer": "my server 1.0",
 *  "profiles": ["v2-server"],
 *  "levels": ["MUST", "SHOULD", "robustness"],
 *  "exclude": {"http/chunked*": "our proxy does not pass chunks on"},
 *  "expectedFailures": {"cbor/duplicate-key": "issue 12"},
 *  "headers": {"authorization": "Bearer …"},
 *  "filter": "*", "parallel": 4, "timeLimitSeconds": 20, "repeat": 1}
 * }</pre>
 */
public final class ConfigurationReader {
  private static final double MILLIS = 1000.0;

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(Fields.class);

  private ConfigurationReader() {}

  /** The fields of the file. */
  private record Fields(
      @Nullable String peer,
      @Nullable List<String> profiles,
      @Nullable List<String> levels,
      @Nullable Map<String, String> exclude,
      @Nullable Map<String, String> expectedFailures,
      @Nullable Map<String, String> headers,
      @Nullable String filter,
      @Nullable Integer parallel,
      @Nullable Double timeLimitSeconds,
      @Nullable Integer repeat) {}

  /**
   * Reads a configuration.
   *
   * @throws IOException if {@code input} cannot be read
   * @throws IllegalArgumentException if it is not JSON, or a field is unknown or has a value that
   *     is not possible
   */
  public static SuiteConfiguration read(InputStream input) throws IOException {
    Fields fields;
    try {
      fields = READER.readValue(input);
    } catch (UnrecognizedPropertyException e) {
      throw new IllegalArgumentException(
          "there is no field " + e.getPropertyName() + " in a configuration", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the configuration cannot be read: " + e.getOriginalMessage(), e);
    }
    SuiteConfiguration.Builder builder = SuiteConfiguration.defaults().toBuilder();
    if (fields.peer != null) {
      builder.peer(fields.peer);
    }
    if (fields.profiles != null) {
      builder.profiles(profiles(fields.profiles));
    }
    if (fields.levels != null) {
      builder.levels(levels(fields.levels));
    }
    if (fields.exclude != null) {
      fields.exclude.forEach(builder::exclude);
    }
    if (fields.expectedFailures != null) {
      fields.expectedFailures.forEach(builder::expectFailure);
    }
    if (fields.headers != null) {
      fields.headers.forEach(builder::header);
    }
    if (fields.filter != null) {
      builder.filter(fields.filter);
    }
    if (fields.parallel != null) {
      builder.parallel(fields.parallel);
    }
    if (fields.timeLimitSeconds != null) {
      builder.timeLimit(Duration.ofMillis((long) (fields.timeLimitSeconds * MILLIS)));
    }
    if (fields.repeat != null) {
      builder.repeat(fields.repeat);
    }
    return builder.build();
  }

  private static Set<Profile> profiles(List<String> names) {
    Set<Profile> profiles = EnumSet.noneOf(Profile.class);
    names.forEach(name -> profiles.add(Profile.named(name)));
    return profiles;
  }

  private static Set<Level> levels(List<String> names) {
    Set<Level> levels = EnumSet.noneOf(Level.class);
    for (String name : names) {
      levels.add(
          Arrays.stream(Level.values())
              .filter(level -> level.text().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no level " + name + "; choose from MUST, SHOULD, robustness")));
    }
    return levels;
  }
}
