// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hgwire.conformance.exchange.ContentHashes;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/** A rule for the location of a redirect. Its operand, if it has one, follows its name. */
public enum LocationRule {
  /** The URL is absolute and has a host. */
  URL((fields, operand) -> url(fields.url())),
  /** The URL has neither user info nor a fragment. */
  PLAIN((fields, operand) -> plain(fields.url())),
  /** The scheme of the URL is the operand. */
  PROTOCOL(
      (fields, operand) ->
          operand.equals(lower(fields.url().getScheme()))
              ? null
              : "the URL " + fields.url() + " is not of the protocol " + operand),
  /** The URL is one of those in the operand, a list, or below one of them. */
  BELOW(
      (fields, operand) ->
          strings(operand).stream().anyMatch(base -> isBelow(fields.text("url"), base))
              ? null
              : "the URL " + fields.text("url") + " is below none of " + strings(operand)),
  /** The media type is one of Mercurial's. */
  MEDIA_TYPE(
      (fields, operand) ->
          fields.text("mediatype").startsWith("application/mercurial-")
              ? null
              : "the media type is " + fields.text("mediatype")),
  /** The size, if there is one, is an unsigned integer. */
  SIZE(
      (fields, operand) -> {
        fields.size();
        return null;
      }),
  /** The hashes, if there are any, are names and values. */
  HASHES(
      (fields, operand) -> {
        fields.hashes();
        return null;
      }),
  /** No hash is named twice. */
  DISTINCT((fields, operand) -> distinct(fields.hashes())),
  /** The hashes are of those in the operand, a list. */
  NAMED((fields, operand) -> named(fields.hashes(), strings(operand))),
  /** The values of hashes with a known name have their length. */
  LENGTHS((fields, operand) -> lengths(fields.hashes())),
  /** The seed, if there is one, is a byte string. */
  SEED(
      (fields, operand) -> {
        fields.optionalBytes("fullhashseed");
        return null;
      }),
  /** The certificates, if there are any, are of X.509, in DER. */
  CERTIFICATES((fields, operand) -> certificates(fields));

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Check check;

  /** Looks at a location. */
  @FunctionalInterface
  private interface Check {
    @Nullable String broken(LocationFields fields, String operand);
  }

  LocationRule(Check check) {
    this.check = check;
  }

  /** Returns how a location breaks the rule, or null. */
  @Nullable String broken(LocationFields fields, String operand) {
    try {
      return check.broken(fields, operand);
    } catch (WireProtocolException e) {
      return e.getMessage();
    }
  }

  /** Returns the name in the notation of cases, such as {@code media-type}. */
  public String text() {
    return lower(name()).replace('_', '-');
  }

  static LocationRule named(String text) {
    return Arrays.stream(values())
        .filter(rule -> rule.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no rule " + text));
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static List<String> strings(String literal) {
    return Literals.strings(literal);
  }

  private static @Nullable String url(URI url) {
    return url.isAbsolute() && url.getHost() != null
        ? null
        : "the URL " + url + " is not one of a host";
  }

  private static @Nullable String plain(URI url) {
    if (url.getRawUserInfo() != null) {
      return "the URL " + url + " has user info";
    }
    return url.getRawFragment() == null ? null : "the URL " + url + " has a fragment";
  }

  private static boolean isBelow(String url, String base) {
    return url.equals(base) || url.startsWith(base.endsWith("/") ? base : base + "/");
  }

  private static @Nullable String distinct(List<LocationFields.Hash> hashes) {
    Set<String> names = new HashSet<>();
    for (LocationFields.Hash hash : hashes) {
      if (!names.add(hash.name())) {
        return "there are two hashes " + hash.name();
      }
    }
    return null;
  }

  private static @Nullable String named(List<LocationFields.Hash> hashes, List<String> names) {
    for (LocationFields.Hash hash : hashes) {
      if (!names.contains(hash.name())) {
        return "the hash " + hash.name() + " is none of " + names;
      }
    }
    return null;
  }

  private static @Nullable String lengths(List<LocationFields.Hash> hashes) {
    for (LocationFields.Hash hash : hashes) {
      MessageDigest digest = ContentHashes.digest(hash.name());
      if (digest != null && digest.getDigestLength() != hash.value().length()) {
        return "the hash " + hash.name() + " has " + hash.value().length() + " bytes";
      }
    }
    return null;
  }

  private static @Nullable String certificates(LocationFields fields) {
    List<ByteString> all = new ArrayList<>(fields.certificates("serverdercerts"));
    all.addAll(fields.certificates("servercadercerts"));
    for (ByteString next : all) {
      ByteArrayInputStream input = new ByteArrayInputStream(next.toByteArray());
      try {
        // The reader takes PEM, too; DER begins with the tag of a sequence.
        boolean der = !next.isEmpty() && next.at(0) == 0x30;
        CertificateFactory.getInstance("X.509").generateCertificate(input);
        if (!der || input.available() > 0) {
          return "a certificate is not one of X.509 in DER, and nothing else";
        }
      } catch (CertificateException e) {
        return "a certificate cannot be read: " + e.getMessage();
      }
    }
    return null;
  }
}
