// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import org.hgwire.conformance.cases.Expectation.Condition;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/** What is expected of redirects, and of the capabilities that advertise them. */
final class RedirectConditions {
  /** What precedes the request of which a redirect is expected. */
  static final String REDIRECTS = "redirects ";

  private RedirectConditions() {}

  /** {@code redirects N}. */
  static Condition redirects(String id) {
    int request = Integer.parseInt(id);
    return answer -> CommandConditions.sound(answer, request, RedirectConditions::unsound);
  }

  private static @Nullable String unsound(CommandResponse response) {
    if (response.failure() != null) {
      return "the command failed: " + response.failure();
    }
    if (!response.isRedirect()) {
      return "the response is no redirect";
    }
    if (!response.hasEnded()) {
      return "the response does not end";
    }
    if (!response.objects().isEmpty()) {
      return "objects follow the status of redirect";
    }
    LocationFields location = location(response);
    return location.text("url").isEmpty() || location.text("mediatype").isEmpty()
        ? "the location lacks its URL or media type"
        : null;
  }

  /**
   * Returns the location of a redirect.
   *
   * @throws WireProtocolException if it has none
   */
  static LocationFields location(CommandResponse response) {
    if (response.status().get("location") instanceof CborMap map) {
      return new LocationFields(map);
    }
    throw LocationFields.fault("the redirect has no location");
  }

  /** {@code location N RULE [OPERAND]}. */
  static Condition location(String operand) {
    String[] words = operand.split(" ", 3);
    LocationRule rule = LocationRule.named(words[1]);
    String rest = words.length < 3 ? "" : words[2];
    return redirect(words[0], (answer, response) -> rule.broken(location(response), rest));
  }

  /** {@code content N RULE [OPERAND]}. */
  static Condition content(String operand) {
    String[] words = operand.split(" ", 3);
    ContentRule rule = ContentRule.named(words[1]);
    String rest = words.length < 3 ? "" : words[2];
    return redirect(words[0], (answer, response) -> rule.broken(answer, response, rest));
  }

  /** A condition of a redirect. */
  @FunctionalInterface
  private interface RedirectCondition {
    @Nullable String mismatch(ServerAnswer answer, CommandResponse response);
  }

  private static Condition redirect(String id, RedirectCondition condition) {
    int request = Integer.parseInt(id);
    return answer ->
        CommandConditions.sound(
            answer,
            request,
            response ->
                response.isRedirect()
                    ? condition.mismatch(answer, response)
                    : "the response is no redirect");
  }

  /** {@code targets RULE}. */
  static Condition targets(String operand) {
    TargetRule rule = TargetRule.named(operand);
    return answer -> {
      try {
        return rule.broken(capabilities(answer).get("redirect"));
      } catch (WireProtocolException e) {
        return e.getMessage();
      }
    };
  }

  /** Returns the capabilities in a handshake, or in the response to the command. */
  private static CborMap capabilities(ServerAnswer answer) {
    CborValue value = null;
    if (answer.http().mediaType().equals(HttpV2Api.CBOR_MEDIA_TYPE)) {
      CborValue handshake =
          CborDecoder.decodeOne(answer.http().body().asByteBuffer(), WireLimits.defaults());
      CborValue apis = handshake instanceof CborMap map ? map.get("apis") : null;
      value = apis instanceof CborMap map ? map.get(CborBytes.utf8(HttpV2Api.NAME)) : null;
    } else if (answer.isFramed()) {
      value =
          answer.framed().responses().values().stream()
              .filter(response -> response.incomplete() == null)
              .flatMap(response -> response.objects().stream())
              .findFirst()
              .orElse(null);
    }
    if (value instanceof CborMap map) {
      return map;
    }
    throw LocationFields.fault("the response has no capabilities");
  }
}
