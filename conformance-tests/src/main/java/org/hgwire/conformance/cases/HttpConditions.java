// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hgwire.conformance.cases.Expectation.Condition;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FaultPlace;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/** What is expected of status, headers and bodies. */
final class HttpConditions {
  private HttpConditions() {}

  /** {@code closes}. */
  static @Nullable String closes(ServerAnswer answer) {
    return answer.http().status() == HttpResponse.NONE
        ? null
        : "the status is " + answer.http().status();
  }

  /** {@code status N}. */
  static Condition status(String operand) {
    int expected = Integer.parseInt(operand);
    Condition condition =
        answer ->
            answer.http().status() == expected
                ? null
                : "the status is " + answer.http().status() + ", not " + expected;
    return condition.at(FaultPlaces::status);
  }

  /** {@code header NAME}, {@code header NAME VALUE}. */
  static Condition header(String operand) {
    String[] words = operand.split(" ", 2);
    String name = words[0].toLowerCase(Locale.ROOT);
    Condition condition =
        answer -> {
          String value = answer.http().headers().get(name);
          if (value == null) {
            return "there is no header " + name;
          }
          return words.length < 2 || words[1].equals(value)
              ? null
              : "the header " + name + " is " + value + ", not " + words[1];
        };
    return condition.at(answer -> List.of(new FaultPlace.Header(name)));
  }

  /** {@code type MEDIA/TYPE}. */
  static Condition type(String operand) {
    Condition condition =
        answer ->
            answer.http().mediaType().equals(operand)
                ? null
                : "the media type is " + answer.http().mediaType() + ", not " + operand;
    return condition.at(FaultPlaces::mediaType);
  }

  /** {@code error}. */
  static @Nullable String error(ServerAnswer answer) {
    int status = answer.http().status();
    if (answer.http().broken() != null) {
      return "the response is cut: " + answer.http().broken();
    }
    if (status >= 400 && status < 500) {
      return null;
    }
    boolean says =
        answer.http().mediaType().equals(HttpV2Api.ERROR_MEDIA_TYPE)
            && !answer.http().body().isEmpty();
    return says && status == 200
        ? null
        : "the response has status " + status + " and type " + answer.http().mediaType();
  }

  /** {@code text "…"}. */
  static Condition text(String operand) {
    ByteString expected = Literals.bytes(operand.substring(1, operand.length() - 1));
    return ofBody(
            body ->
                body.equals(expected)
                    ? null
                    : "the body is " + shown(body) + ", not " + shown(expected))
        .at(answer -> FaultPlaces.difference(answer, expected));
  }

  /** {@code matches REGEX}. */
  static Condition matches(String operand) {
    Pattern pattern = Pattern.compile(operand, Pattern.DOTALL);
    return ofBody(
        body ->
            pattern.matcher(body.utf8()).matches()
                ? null
                : "the body " + shown(body) + " does not match " + operand);
  }

  /** {@code has TEXT}. */
  static Condition has(String operand) {
    ByteString part = Literals.bytes(unquoted(operand));
    return ofBody(
        body -> indexOf(body, part) >= 0 ? null : "the body " + shown(body) + " lacks " + operand);
  }

  /** {@code lacks TEXT}. */
  static Condition lacks(String operand) {
    ByteString part = Literals.bytes(unquoted(operand));
    return ofBody(
            body -> indexOf(body, part) < 0 ? null : "the body " + shown(body) + " has " + operand)
        .at(answer -> FaultPlaces.occurrence(answer, part));
  }

  /** {@code unsent HEX}. */
  static Condition unsent(String operand) {
    ByteString part = ByteString.fromHex(operand.replace(" ", ""));
    return ofBody(body -> indexOf(body, part) < 0 ? null : "the response has the bytes " + operand)
        .at(answer -> FaultPlaces.occurrence(answer, part));
  }

  private static String unquoted(String operand) {
    return operand.length() > 1 && operand.startsWith("\"") && operand.endsWith("\"")
        ? operand.substring(1, operand.length() - 1)
        : operand;
  }

  /** A condition of a body. */
  @FunctionalInterface
  private interface BodyCondition {
    @Nullable String mismatch(ByteString body);
  }

  private static Condition ofBody(BodyCondition condition) {
    return answer -> {
      if (answer.http().broken() != null) {
        return "the response is cut: " + answer.http().broken();
      }
      try {
        return condition.mismatch(decoded(answer));
      } catch (WireProtocolException e) {
        return e.getMessage();
      }
    };
  }

  /** Returns the body without frames and compression: objects and errors. */
  private static ByteString decoded(ServerAnswer answer) {
    if (!answer.isFramed()) {
      return answer.version1().body();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (CommandResponse response : answer.framed().responses().values()) {
      all.writeBytes(response.bytes().toByteArray());
      ByteString error = response.errorFrame();
      if (error != null) {
        all.writeBytes(error.toByteArray());
      }
    }
    return ByteString.copyOf(all.toByteArray());
  }

  /** Returns where {@code body} has {@code part}, or -1. */
  static int indexOf(ByteString body, ByteString part) {
    if (part.isEmpty()) {
      return 0;
    }
    for (int at = body.indexOf(part.at(0), 0); at >= 0; at = body.indexOf(part.at(0), at + 1)) {
      if (at + part.length() > body.length()) {
        return -1;
      }
      if (body.substring(at, at + part.length()).equals(part)) {
        return at;
      }
    }
    return -1;
  }

  private static String shown(ByteString body) {
    return "\"" + body.excerpt() + "\"";
  }
}
