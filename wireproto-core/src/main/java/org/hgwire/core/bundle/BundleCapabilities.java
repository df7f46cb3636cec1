// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;

/**
 * What a peer understands of HG20 bundles: capabilities with their values, such as {@code
 * changegroup=01,02} (bundle2, Capabilities).
 *
 * @param values the values of each capability; empty for one that has none
 */
public record BundleCapabilities(Map<String, List<String>> values) {
  private static final String WHERE = "the list of bundle capabilities";

  /** Copies the map and its lists. */
  public BundleCapabilities {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads capabilities: "a newline delimited list of entries. Each entry has the form {@code <key>}
   * or {@code <key>=<value>}", where keys and each of the values, separated by commas, are URL
   * quoted.
   *
   * @throws org.hgwire.core.WireProtocolException with code MALFORMED if the quoting is invalid
   */
  public static BundleCapabilities read(ByteString text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String line : text.utf8().split("\n", -1)) {
      int equals = line.indexOf('=');
      String name = unquoted(equals < 0 ? line : line.substring(0, equals));
      if (!name.isEmpty()) {
        values.put(
            name,
            equals < 0
                ? List.of()
                : Stream.of(line.substring(equals + 1).split(",", -1))
                    .map(BundleCapabilities::unquoted)
                    .toList());
      }
    }
    return new BundleCapabilities(values);
  }

  private static String unquoted(String text) {
    return Quoted.read(ByteString.utf8(text), WHERE).utf8();
  }

  /** Returns whether the peer has a capability. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns whether the peer has a capability with this value among others. */
  public boolean has(String name, String value) {
    return values.getOrDefault(name, List.of()).contains(value);
  }

  /** Returns the text, as a {@code replycaps} part has it. */
  public ByteString format() {
    return ByteString.utf8(
        values.entrySet().stream()
            .map(
                entry ->
                    Quoted.write(entry.getKey())
                        + (entry.getValue().isEmpty() ? "" : "=")
                        + entry.getValue().stream()
                            .map(Quoted::write)
                            .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n")));
  }

  /** Returns the text quoted once more, as the value of {@code bundle2=} has it. */
  public String quoted() {
    return Quoted.write(format());
  }

  /**
   * Reads the value of {@code bundle2=}: the text, quoted once more.
   *
   * @throws org.hgwire.core.WireProtocolException with code MALFORMED if the quoting is invalid
   */
  public static BundleCapabilities readQuoted(String quoted) {
    return read(Quoted.read(ByteString.utf8(quoted), WHERE));
  }
}
