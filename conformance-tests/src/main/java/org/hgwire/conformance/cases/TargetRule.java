// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.hgwire.conformance.exchange.ContentHashes;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/** A rule for the redirects that a server advertises (wireprotocolv2, capabilities). */
public enum TargetRule {
  /** Targets are an array of maps, and not none. */
  MAPS(redirect -> null),
  /** Each target has a name that is not empty. */
  NAMES(each(TargetRule::name)),
  /** No two targets have the same name. */
  UNIQUE(TargetRule::unique),
  /** Each target has a protocol, written as a scheme is. */
  PROTOCOLS(each(target -> protocol(text(target, "protocol")))),
  /** Each target has a URI or more, all absolute. */
  URIS(each(TargetRule::uris)),
  /** The URIs of a target with the protocol http or https have it as their scheme. */
  SCHEMES(each(TargetRule::schemes)),
  /** Whether SNI is required is a boolean, if it is said. */
  SNI(
      each(
          target ->
              target.get("snirequired") == null || target.get("snirequired") instanceof CborBoolean
                  ? null
                  : "snirequired is " + target.get("snirequired"))),
  /** Versions of TLS, if they are given, are a list, and not an empty one. */
  TLS_VERSIONS(each(TargetRule::tlsVersions)),
  /** Hashes are a list of names. */
  HASHES(
      redirect -> texts(redirect, "hashes") == null ? "hashes are no array of byte strings" : null),
  /** One of the hashes is sha256 or stronger, and known. */
  STRONG_HASH(
      redirect ->
          Objects.requireNonNullElse(texts(redirect, "hashes"), List.<String>of()).stream()
                  .anyMatch(name -> ContentHashes.has(name) && !name.equals("sha1"))
              ? null
              : "no hash is sha256 or stronger");

  private static final String VERSION = "[1-9][0-9]?\\.[0-9]";
  private static final String SCHEME = "[a-z][a-z0-9+.-]*";

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Check check;

  /** Looks at a map. */
  @FunctionalInterface
  private interface Check {
    @Nullable String broken(CborMap map);
  }

  TargetRule(Check check) {
    this.check = check;
  }

  /** Returns how the value of the key {@code redirect} in capabilities breaks the rule, or null. */
  @Nullable String broken(@Nullable CborValue value) {
    if (!(value instanceof CborMap redirect)) {
      return value == null ? "no redirects are advertised" : "redirect is no map, but " + value;
    }
    if (!(redirect.get("targets") instanceof CborArray targets)
        || targets.items().isEmpty()
        || !targets.items().stream().allMatch(CborMap.class::isInstance)) {
      return "the targets are no array of maps, but " + redirect.get("targets");
    }
    return check.broken(redirect);
  }

  /** Returns the name in the notation of cases, such as {@code tls-versions}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static TargetRule named(String text) {
    return Arrays.stream(values())
        .filter(rule -> rule.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no rule " + text));
  }

  private static Check each(Check check) {
    return redirect -> {
      for (CborMap target : targets(redirect)) {
        String broken = check.broken(target);
        if (broken != null) {
          return "the target " + target.get("name") + ": " + broken;
        }
      }
      return null;
    };
  }

  private static List<CborMap> targets(CborMap redirect) {
    return ((CborArray) redirect.require("targets"))
        .items().stream().map(CborMap.class::cast).toList();
  }

  private static @Nullable String name(CborMap target) {
    String name = text(target, "name");
    return name == null || name.isEmpty() ? "the name is " + target.get("name") : null;
  }

  private static @Nullable String unique(CborMap redirect) {
    Set<String> names = new HashSet<>();
    for (CborMap target : targets(redirect)) {
      String name = text(target, "name");
      if (name != null && !names.add(name)) {
        return "two targets have the name " + name;
      }
    }
    return null;
  }

  private static @Nullable String protocol(@Nullable String protocol) {
    return protocol != null && protocol.matches(SCHEME) ? null : "the protocol is " + protocol;
  }

  private static @Nullable String uris(CborMap target) {
    List<String> uris = texts(target, "uris");
    if (uris == null || uris.isEmpty()) {
      return "the URIs are " + target.get("uris");
    }
    for (String uri : uris) {
      try {
        if (!new URI(uri).isAbsolute()) {
          return "the URI " + uri + " is not absolute";
        }
      } catch (URISyntaxException e) {
        return "the URI " + uri + " is none: " + e.getReason();
      }
    }
    return null;
  }

  private static @Nullable String schemes(CborMap target) {
    String protocol = String.valueOf(text(target, "protocol"));
    List<String> uris = Objects.requireNonNullElse(texts(target, "uris"), List.of());
    for (String uri : uris) {
      boolean other = !uri.toLowerCase(Locale.ROOT).startsWith(protocol + ":");
      if (other && List.of("http", "https").contains(protocol)) {
        return "the protocol is " + protocol + ", and a URI is " + uri;
      }
    }
    return null;
  }

  private static @Nullable String tlsVersions(CborMap target) {
    if (target.get("tlsversions") == null) {
      return null;
    }
    List<String> versions = texts(target, "tlsversions");
    return versions != null
            && !versions.isEmpty()
            && versions.stream().allMatch(version -> version.matches(VERSION))
        ? null
        : "the versions of TLS are " + target.get("tlsversions");
  }

  private static @Nullable String text(CborMap map, String key) {
    return map.get(key) instanceof CborBytes bytes
        ? new String(bytes.value().toByteArray(), StandardCharsets.ISO_8859_1)
        : null;
  }

  private static @Nullable List<String> texts(CborMap map, String key) {
    if (!(map.get(key) instanceof CborArray array)
        || !array.items().stream().allMatch(CborBytes.class::isInstance)) {
      return null;
    }
    return array.items().stream()
        .map(
            next ->
                new String(((CborBytes) next).value().toByteArray(), StandardCharsets.ISO_8859_1))
        .toList();
  }
}
