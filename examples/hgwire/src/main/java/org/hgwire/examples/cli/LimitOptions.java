// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import picocli.CommandLine.Option;

/** The option that changes limits of the protocol. */
final class LimitOptions {
  private static final Pattern VALUE = Pattern.compile("(\\d{1,19})([KMG]?)");

  @Option(
      names = "--limit",
      paramLabel = "NAME=VALUE",
      description =
          "Change a limit on what is accepted, such as max-frame-payload=1M; may be repeated."
              + " The suffixes K, M and G multiply by 1024, 1024^2 and 1024^3. A name that does not"
              + " exist lists all limits.")
  private List<String> settings = List.of();

  /**
   * Returns the default limits with those that were given.
   *
   * @throws IllegalArgumentException if a name is unknown, or a value is malformed or out of bounds
   */
  WireLimits limits() {
    WireLimits limits = WireLimits.defaults();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("--limit needs NAME=VALUE, not " + setting);
      }
      limits =
          limits.with(limit(setting.substring(0, equals)), value(setting.substring(equals + 1)));
    }
    return limits;
  }

  private static WireLimit limit(String name) {
    try {
      return WireLimit.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "there is no limit \"" + name + "\"; the limits and their defaults are:", table());
    }
  }

  private static List<String> table() {
    return Arrays.stream(WireLimit.values())
        .map(limit -> String.format(Locale.ROOT, "  %-30s %s", limit, defaultOf(limit)))
        .collect(Collectors.toList());
  }

  private static String defaultOf(WireLimit limit) {
    long value = limit.defaultValue(Runtime.getRuntime().maxMemory());
    return limit.unit() == WireLimit.Unit.POWER_OF_TWO
        ? "2^" + value + " bytes, given as the exponent"
        : value + " " + limit.unit();
  }

  /** Returns a number that may have a suffix. */
  static long value(String text) {
    Matcher value = VALUE.matcher(text.toUpperCase(Locale.ROOT));
    if (!value.matches()) {
      throw new IllegalArgumentException(
          "a limit is a whole number, optionally followed by K, M or G, not " + text);
    }
    long factor =
        switch (value.group(2)) {
          case "K" -> 1L << 10;
          case "M" -> 1L << 20;
          case "G" -> 1L << 30;
          default -> 1;
        };
    try {
      return Math.multiplyExact(Long.parseLong(value.group(1)), factor);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("the limit " + text + " is too large", e);
    }
  }
}
