// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import static org.hgwire.conformance.suite.mutants.Version1HttpMutants.withoutFields;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Faults in how arguments of version 1 are read from queries, header fields and bodies. */
final class Version1ArgumentMutants {
  private Version1ArgumentMutants() {}

  private static boolean isArgument(Entry<String, String> field) {
    return field.getKey().toLowerCase(Locale.ROOT).matches("x-hgarg-\\d+");
  }

  private static int number(Entry<String, String> field) {
    return Integer.parseInt(field.getKey().substring("x-hgarg-".length()));
  }

  private static Call values(Call call, UnaryOperator<String> change) {
    return call.withFields(
        field ->
            isArgument(field) ? Map.entry(field.getKey(), change.apply(field.getValue())) : field);
  }

  /** Puts the fields of arguments together as another order has them. */
  private static Call joined(Call call, UnaryOperator<Stream<Entry<String, String>>> order) {
    String all =
        order
            .apply(call.fields().entries().stream().filter(Version1ArgumentMutants::isArgument))
            .map(Entry::getValue)
            .collect(Collectors.joining());
    return all.isEmpty() ? call : withoutFields(call, "x-hgarg-").withField("X-HgArg-1", all);
  }

  static List<Mutant> all() {
    Version1Mutants list = new Version1Mutants("v1/arguments/*");
    list.request(
        "arguments in header fields are not read", call -> withoutFields(call, "x-hgarg-"));
    list.request(
        "arguments in the query are not read",
        call -> call.withTarget(call.target().replaceAll("&.*", "")));
    list.request(
        "only the first header field is read",
        call -> call.withFields(field -> isArgument(field) && number(field) > 1 ? null : field));
    list.request("fields are joined as they come", call -> joined(call, UnaryOperator.identity()));
    list.request(
        "fields are joined in the order of their names",
        call ->
            joined(
                call,
                fields -> fields.sorted(Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER))));
    list.request(
        "each field is decoded by itself",
        call ->
            values(
                call, value -> value.matches("(?s).*%.?") ? value.replaceAll("%.?$", "") : value));
    list.request(
        "names of fields have a case",
        call -> call.withFields(field -> field.getKey().startsWith("x-hgarg-") ? null : field));
    list.request("plus is no space", call -> values(call, value -> value.replace("+", "%2B")));
    list.request(
        "nothing is decoded",
        call -> {
          Call changed = values(call, value -> value.replace("%", "%25"));
          return changed.withTarget(changed.target().replace("%", "%25"));
        });
    list.request(
        "arguments without value are dropped",
        call -> values(call, value -> value.endsWith("=") ? "" : value));
    list.refuses(
        "unknown arguments are refused", call -> Version1Arguments.of(call).containsKey("future"));
    list.errors("arguments may be missing", "is missing");
    list.crashes(
        "escapes are taken for granted",
        call -> call.field("X-HgArg-1").matches(".*%(?![0-9a-fA-F]{2}).*"));
    list.crashes(
        "a header field has 1,000 bytes",
        call ->
            call.fields().entries().stream().anyMatch(field -> field.getValue().length() > 1000));
    list.crashes(
        "header fields have 4 KiB together",
        call ->
            call.fields().entries().stream().mapToInt(field -> field.getValue().length()).sum()
                > 3900);
    list.request("arguments in bodies are not read", call -> call.withField("X-HgArgs-Post", ""));
    list.request(
        "the whole body is arguments",
        call ->
            call.field("X-HgArgs-Post").isEmpty()
                ? call
                : call.withField("X-HgArgs-Post", Integer.toString(call.body().length())));
    list.request(
        "bodies are not decoded",
        call ->
            call.field("X-HgArgs-Post").isEmpty()
                ? call
                : postedBody(call, Version1Mutants.latin1(call.body()).replace("%", "%25")));
    list.crashes("bodies have 4 KiB", call -> call.body().length() > 4096);
    return list.list();
  }

  private static Call postedBody(Call call, String form) {
    String before = Version1Mutants.latin1(call.body());
    return form.equals(before)
        ? call
        : call.withBody(Version1Mutants.latin1(form))
            .withField("X-HgArgs-Post", Integer.toString(form.length()));
  }
}
