// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.ContentHashes;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.ObjectSequence;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * A rule for the content that a redirect leads to. Its operand, if it has one, follows its name.
 */
public enum ContentRule {
  /** It is served, with status 200 and whole. */
  SERVED((content, operand) -> null),
  /** It has the size that the location gives, if it gives one. */
  SIZE((content, operand) -> content.size()),
  /** It has the hashes that the location gives, those that are known. */
  DIGESTS((content, operand) -> content.digests()),
  /** It is served with the media type that the location gives. */
  TYPE((content, operand) -> content.type()),
  /** It is whole objects, and the first is no status. */
  OBJECTS((content, operand) -> content.objects()),
  /** Its objects are those of the inline response to the request in the operand. */
  EQUALS((content, operand) -> content.equalsInline(operand)),
  /** It is the content of the redirect of the request in the operand, byte for byte. */
  SAME((content, operand) -> content.same(operand)),
  /** At its URL with another last character there is nothing. */
  UNGUESSED((content, operand) -> content.unguessed()),
  /** The directory of its URL does not list it. */
  UNLISTED((content, operand) -> content.unlisted());

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Check check;

  /** Looks at content. */
  @FunctionalInterface
  private interface Check {
    @Nullable String broken(Content content, String operand) throws IOException;
  }

  ContentRule(Check check) {
    this.check = check;
  }

  /** Returns how the content that the redirect of a request leads to breaks the rule, or null. */
  @Nullable String broken(ServerAnswer answer, CommandResponse redirect, String operand) {
    try {
      return check.broken(new Content(answer, redirect), operand);
    } catch (WireProtocolException e) {
      return e.getMessage();
    } catch (IOException e) {
      return "the content cannot be fetched: " + (e.getMessage() == null ? e : e.getMessage());
    }
  }

  /** Returns the name in the notation of cases, such as {@code unlisted}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ContentRule named(String text) {
    return Arrays.stream(values())
        .filter(rule -> rule.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no rule " + text));
  }

  /** The content of one redirect. */
  private static final class Content {
    private final ServerAnswer answer;
    private final LocationFields location;
    private final HttpResponse response;

    Content(ServerAnswer answer, CommandResponse redirect) throws IOException {
      this.answer = answer;
      location = RedirectConditions.location(redirect);
      response = fetch(location.url());
      if (response.status() != 200 || response.broken() != null) {
        throw LocationFields.fault(
            response.status() == 200
                ? "the content is cut: " + response.broken()
                : "the status of the content is " + response.status());
      }
    }

    private HttpResponse fetch(URI url) throws IOException {
      if (!List.of("http", "https").contains(String.valueOf(url.getScheme()))
          || url.getHost() == null) {
        throw LocationFields.fault("the URL " + url + " is not one of http or https");
      }
      return answer.content().get(url, certificates(location));
    }

    private static List<ByteString> certificates(LocationFields place) {
      List<ByteString> certificates = new ArrayList<>(place.certificates("serverdercerts"));
      certificates.addAll(place.certificates("servercadercerts"));
      return certificates;
    }

    @Nullable String size() {
      long size = location.size();
      return size < 0 || size == response.body().length()
          ? null
          : "the content has " + response.body().length() + " bytes, not " + size;
    }

    @Nullable String digests() {
      ByteString seed = location.optionalBytes("fullhashseed");
      for (LocationFields.Hash hash : location.hashes()) {
        ByteString actual = ContentHashes.hash(hash.name(), seed, response.body());
        if (actual != null && !actual.equals(hash.value())) {
          return "the "
              + hash.name()
              + " of the content is "
              + actual.hex()
              + ", not "
              + hash.value().hex();
        }
      }
      return null;
    }

    @Nullable String type() {
      return response.mediaType().equals(location.text("mediatype"))
          ? null
          : "the content is of type "
              + response.mediaType()
              + ", not "
              + location.text("mediatype");
    }

    @Nullable String objects() {
      List<CborValue> objects = ObjectSequence.read(response.body());
      if (objects.isEmpty()) {
        return "the content is empty";
      }
      return objects.get(0) instanceof CborMap map && map.get("status") != null
          ? "the content begins with a status"
          : null;
    }

    @Nullable String equalsInline(String request) {
      CommandResponse inline = answer.framed().responses().get(Integer.parseInt(request));
      if (inline == null || inline.incomplete() != null) {
        return "there is no inline response to request " + request;
      }
      return ObjectSequence.read(response.body()).equals(inline.objects())
          ? null
          : "the content has other objects than the inline response";
    }

    @Nullable String same(String request) throws IOException {
      CommandResponse other = answer.framed().responses().get(Integer.parseInt(request));
      if (other == null || !other.isRedirect()) {
        return "request " + request + " is not redirected";
      }
      LocationFields place = RedirectConditions.location(other);
      ByteString bytes = answer.content().getAgain(place.url(), certificates(place)).body();
      return bytes.equals(response.body()) ? null : "the two redirects lead to other bytes";
    }

    @Nullable String unguessed() throws IOException {
      String url = location.url().toString();
      char last = url.charAt(url.length() - 1);
      URI other = URI.create(url.substring(0, url.length() - 1) + (last == '0' ? '1' : '0'));
      HttpResponse found = fetch(other);
      return found.status() >= 400 && found.status() < 500
          ? null
          : "the status of " + other + ", which nobody was told, is " + found.status();
    }

    @Nullable String unlisted() throws IOException {
      String path = location.url().getRawPath();
      String name = path.substring(path.lastIndexOf('/') + 1);
      HttpResponse listing = fetch(location.url().resolve("."));
      return name.isEmpty() || !listing.body().utf8().contains(name)
          ? null
          : "the directory of the content lists it";
    }
  }
}
