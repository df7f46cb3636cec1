// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;

/** Mutants of one layer of version 1, by what a fault needs to know of a request. */
final class Version1Mutants {
  private final String cases;
  private final List<Mutant> mutants = new ArrayList<>();

  Version1Mutants(String cases) {
    this.cases = cases;
  }

  List<Mutant> list() {
    return mutants;
  }

  void add(String name, Fault fault) {
    mutants.add(new Mutant(cases, name, fault));
  }

  /** Takes requests for others. */
  void request(String name, UnaryOperator<Call> change) {
    add(name, Fault.request(change));
  }

  /** Refuses requests that are fine. */
  void refuses(String name, Predicate<Call> condition) {
    add(name, Fault.refuses(condition));
  }

  /** Fails on requests with status 500. */
  void crashes(String name, Predicate<Call> condition) {
    add(name, Fault.crashes(condition));
  }

  /** Runs a command with other arguments. */
  void argument(String command, String name, String key, UnaryOperator<String> change) {
    arguments(
        command,
        name,
        map -> {
          Map<String, String> changed = new LinkedHashMap<>(map);
          changed.computeIfPresent(key, (same, value) -> change.apply(value));
          return changed;
        });
  }

  /** Runs a command with other arguments. */
  void arguments(String command, String name, UnaryOperator<Map<String, String>> change) {
    request(
        command + ": " + name,
        call -> {
          Map<String, String> arguments = Version1Arguments.of(call);
          Map<String, String> others = change.apply(arguments);
          return !command.equals(arguments.get("cmd")) || others.equals(arguments)
              ? call
              : Version1Arguments.with(call, others);
        });
  }

  /** Responds to a command with another text. */
  void text(String command, String name, UnaryOperator<String> change) {
    add(
        command + ": " + name,
        Fault.response(
            (call, reply) ->
                reply.status() == 200
                        && reply.type().equals(HttpV2Api.V1_MEDIA_TYPE)
                        && call.command().equals(command)
                    ? reply.withBody(latin1(change.apply(latin1(reply.body()))))
                    : reply));
  }

  /** Responds to some calls of a command with a text of its own. */
  void answers(String command, String name, String argument, String pattern, String text) {
    answers(command, name, argument, pattern, value -> text);
  }

  void answers(
      String command, String name, String argument, String pattern, Function<String, String> text) {
    add(
        command + ": " + name,
        (call, sound) -> {
          String value = Version1Arguments.of(call).getOrDefault(argument, "");
          return call.command().equals(command) && value.matches("(?s)" + pattern)
              ? Reply.of(200, HttpV2Api.V1_MEDIA_TYPE, latin1(text.apply(value)))
              : sound.respond(call);
        });
  }

  /** Takes errors for results. */
  void errors(String name, String refusal) {
    add(
        name,
        Fault.response(
            (call, reply) ->
                isError(reply) && reply.body().utf8().matches("(?s).*(" + refusal + ").*")
                    ? Reply.of(200, HttpV2Api.V1_MEDIA_TYPE, ByteString.utf8("\n"))
                    : reply));
  }

  static boolean isError(Reply reply) {
    return reply.status() >= 400 || reply.type().equals(HttpV2Api.ERROR_MEDIA_TYPE);
  }

  static String latin1(ByteString bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  static ByteString latin1(String text) {
    return ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
