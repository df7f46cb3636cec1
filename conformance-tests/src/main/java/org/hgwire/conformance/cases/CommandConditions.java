// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.Function;
import org.hgwire.conformance.cases.Expectation.Condition;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FramedResponse;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.jspecify.annotations.Nullable;

/** What is expected of responses of version 2. */
final class CommandConditions {
  private CommandConditions() {}

  /** {@code completes N}. */
  static Condition completes(String id) {
    int request = Integer.parseInt(id);
    return of(request, CommandResponse::incomplete);
  }

  /** {@code objects N cbor:[…]}. */
  static Condition objects(String operand) {
    String[] words = operand.split(" cbor:", 2);
    List<CborValue> expected = ((CborArray) Literals.value(words[1])).items();
    return ofObjects(
        words[0],
        objects ->
            objects.equals(expected)
                ? null
                : "the objects are " + print(objects) + ", not " + print(expected));
  }

  /** {@code count N K}. */
  static Condition count(String operand) {
    String[] words = operand.split(" ", 2);
    int expected = Integer.parseInt(words[1]);
    return ofObjects(
        words[0],
        objects ->
            objects.size() == expected
                ? null
                : "there are " + objects.size() + " objects, not " + expected);
  }

  /** {@code contains N LITERAL}. */
  static Condition contains(String operand) {
    String[] words = operand.split(" ", 2);
    CborValue expected =
        Literals.value(words[1].startsWith("cbor:") ? words[1].substring(5) : words[1]);
    return ofObjects(
        words[0],
        objects ->
            objects.stream().anyMatch(object -> includes(object, expected))
                ? null
                : "none of the objects " + print(objects) + " is " + print(List.of(expected)));
  }

  private static boolean includes(CborValue object, CborValue expected) {
    if (!(object instanceof CborMap map) || !(expected instanceof CborMap part)) {
      return object.equals(expected);
    }
    for (Entry<CborValue, CborValue> entry : part.entries()) {
      CborValue value = map.get(entry.getKey());
      if (value == null || !includes(value, entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** {@code fails N}, {@code fails N with TEXT}. */
  static Condition fails(String operand) {
    String[] words = operand.split(" with ", 2);
    String text = words.length < 2 ? "" : words[1];
    return of(
        Integer.parseInt(words[0]),
        response -> {
          String failure = response.failure();
          if (failure == null) {
            return "the command does not fail";
          }
          return failure.contains(text)
              ? null
              : "the command fails without \"" + text + "\": " + failure;
        });
  }

  /** {@code responds N}. */
  static Condition responds(String id) {
    int request = Integer.parseInt(id);
    return of(request, response -> response.failure() == null ? response.incomplete() : null);
  }

  /** {@code encoded N NAME}. A response that is not encoded has the encoding identity. */
  static Condition encoded(String operand) {
    String[] words = operand.split(" ", 2);
    int request = Integer.parseInt(words[0]);
    return of(
            request,
            response -> {
              String encoding = Objects.requireNonNullElse(response.encoding(), "identity");
              return words[1].equals(encoding)
                  ? null
                  : "the response is encoded as " + encoding + ", not as " + words[1];
            })
        .at(answer -> FaultPlaces.ofEncoding(answer, request));
  }

  /** {@code refused}. */
  static @Nullable String refused(ServerAnswer answer) {
    int status = answer.http().status();
    if (answer.http().broken() != null) {
      return "the response is cut: " + answer.http().broken();
    }
    if (status >= 400 && status < 500) {
      return null;
    }
    if (status != 200) {
      return "the server failed with status " + status;
    }
    if (!answer.isFramed()) {
      return answer.http().mediaType().equals("text/plain") && !answer.http().body().isEmpty()
          ? null
          : "the response of type " + answer.http().mediaType() + " refuses nothing";
    }
    FramedResponse framed = answer.framed();
    if (framed.fault() != null) {
      return framed.fault();
    }
    for (CommandResponse response : framed.responses().values()) {
      if (response.failure() == null) {
        return "a response completes, as if nothing were wrong";
      }
    }
    return framed.responses().isEmpty() ? "the response is empty and refuses nothing" : null;
  }

  private static Condition ofObjects(
      String id, Function<List<CborValue>, @Nullable String> condition) {
    return of(
        Integer.parseInt(id),
        response -> {
          String incomplete = response.incomplete();
          return incomplete == null ? condition.apply(response.objects()) : incomplete;
        });
  }

  private static Condition of(int request, Function<CommandResponse, @Nullable String> condition) {
    Condition sound = answer -> sound(answer, request, condition);
    return sound.at(answer -> FaultPlaces.ofRequest(answer, request));
  }

  /** Looks at the response to a request, where that can be read. */
  static @Nullable String sound(
      ServerAnswer answer, int request, Function<CommandResponse, @Nullable String> condition) {
    if (answer.http().broken() != null) {
      return "the response is cut: " + answer.http().broken();
    }
    if (answer.http().status() != 200 || !answer.isFramed()) {
      return "the response has status "
          + answer.http().status()
          + " and type "
          + answer.http().mediaType();
    }
    FramedResponse framed = answer.framed();
    CommandResponse response = framed.responses().get(request);
    if (framed.fault() != null) {
      return framed.fault();
    }
    if (response == null) {
      return "there is no response to request " + request;
    }
    try {
      return condition.apply(response);
    } catch (WireProtocolException e) {
      return e.getMessage();
    }
  }

  private static String print(List<CborValue> values) {
    String all = DiagnosticNotation.print(new CborArray(values));
    return all.length() > 2000 ? all.substring(0, 2000) + "…" : all;
  }
}
