// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;

/** Faults in capabilities, media types, compression and arguments of version 1. */
final class Version1HttpMutants {
  private Version1HttpMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>(capabilities());
    mutants.addAll(http());
    mutants.addAll(arguments());
    return mutants;
  }

  private static List<Mutant> capabilities() {
    Version1Mutants list = new Version1Mutants("v1/capabilities/*");
    String[] faults = {
      "a prefix stands before them", "^", "capabilities: ",
      "one is there twice", "$", " batch",
      "names are quoted", "known", "kno%77n",
      "httpheader is no number", "httpheader=\\d+", "httpheader=yes",
      "httpmediatype lists media types", "httpmediatype=\\S+", "httpmediatype=application/x",
      "compression is missing", "compression=\\S+ ", "",
      "compression has types of bundles", "compression=\\S+ ", "compression=GZ ",
      "bundle2 is not quoted", "%3D|%2C", "=",
      "bundle2 lacks HG20", "HG20%0A", "",
      "bundle2 lacks changegroup", "changegroup%3D", "changegroups%3D",
      "bundle2 is quoted twice", "%3D01", "%253D01",
      "two spaces are between them", " ", "  "
    };
    for (int i = 0; i < faults.length; i += 3) {
      String pattern = faults[i + 1];
      String other = faults[i + 2];
      list.text("capabilities", faults[i], text -> text.replaceAll(pattern, other));
    }
    list.refuses(
        "capabilities have no arguments",
        call -> call.command().equals("capabilities") && call.target().contains("&"));
    for (String command : List.of("listkeys", "branchmap")) {
      list.refuses(command + " is advertised and unknown", call -> call.command().equals(command));
    }
    return list.list();
  }

  private static List<Mutant> http() {
    Version1Mutants list = new Version1Mutants("v1/http/*");
    list.add(
        "responses are text/plain",
        Fault.response(
            (call, reply) -> reply.status() == 200 ? reply.withType("text/plain") : reply));
    list.refuses("cmd comes first", call -> !call.target().contains("?cmd="));
    list.add(
        "texts come as 0.2",
        Fault.response(
            (call, reply) ->
                call.field("X-HgProto-1").contains("0.2") && !call.command().equals("getbundle")
                    ? reply.withType(HttpV2Api.V1_NAMED_MEDIA_TYPE)
                    : reply));
    list.request("X-HgProto is not read", call -> withoutFields(call, "x-hgproto"));
    list.request(
        "streams are 0.2 for everybody",
        call ->
            call.command().equals("getbundle")
                ? call.withField("X-HgProto-1", "0.1 0.2 comp=zlib")
                : call);
    proto(list, "compression without 0.2 is 0.2", text -> text.contains("0.2") ? text : text + " 0.2");
    proto(list, "zstd is taken for granted", text -> text.replaceAll("comp=\\S+", "comp=zstd"));
    proto(list, "the first compression counts", text -> text.replaceAll("comp=([^ ,]+)\\S*", "comp=$1"));
    proto(list, "without compressions it is zstd", text -> text.contains("comp") ? text : text + " comp=zstd");
    proto(list, "unknown parameters end the reading", text -> text.replaceAll("( 0\\.2)? 0\\.3 .*", ""));
    list.request(
        "only X-HgProto-1 is read",
        call ->
            call.withFields(
                field -> field.getKey().equalsIgnoreCase("X-HgProto-2") ? null : field));
    list.add(
        "streams are cut",
        Fault.response(
            (call, reply) ->
                call.command().equals("getbundle")
                    ? reply.withBody(reply.body().substring(0, reply.body().length() - 9))
                    : reply));
    list.add(
        "zstd and none are what zlib is",
        Fault.response(
            (call, reply) ->
                reply.type().equals(HttpV2Api.V1_NAMED_MEDIA_TYPE)
                        && !call.field("X-HgProto-1").contains("zlib")
                    ? reply.withBody(
                        HttpMutants.replaced(
                            HttpMutants.replaced(reply.body(), "\u0004zstd", "\u0004zlib"),
                            "\u0004none",
                            "\u0004zlib"))
                    : reply));
    list.add(
        "browsers get a page",
        (call, sound) ->
            call.field("User-Agent").contains("Mozilla")
                ? Reply.of(200, "text/html", ByteString.utf8("<html>"))
                : sound.respond(call));
    list.refuses("unknown upgrades are refused", call -> call.field("X-HgUpgrade-1").contains("v9"));
    list.request(
        "an upgrade needs no serialization",
        call ->
            call.field("X-HgUpgrade-1").isEmpty() ? call : call.withField("X-HgProto-1", "cbor"));
    list.request(
        "a serialization is an upgrade",
        call ->
            call.field("X-HgProto-1").equals("cbor")
                ? call.withField("X-HgUpgrade-1", HttpV2Api.NAME)
                : call);
    list.refuses(
        "a POST request has arguments",
        call -> call.method().equals("POST") && call.field("X-HgArgs-Post").isEmpty());
    list.errors("unknown commands have no results", "there is no command \"[a-z_]+\"");
    list.request(
        "names of commands are folded",
        call -> call.withTarget(call.target().replace("cmd=HEADS", "cmd=heads")));
    list.add(
        "errors have no text",
        Fault.response(
            (call, reply) ->
                Version1Mutants.isError(reply) ? reply.withBody(ByteString.empty()) : reply));
    return list.list();
  }

  private static void proto(Version1Mutants list, String name, UnaryOperator<String> change) {
    list.request(
        name,
        call ->
            call.field("X-HgProto-1").isEmpty()
                ? call
                : call.withField("X-HgProto-1", change.apply(call.field("X-HgProto-1"))));
  }

  private static Call withoutFields(Call call, String prefix) {
    return call.withFields(
        field -> field.getKey().toLowerCase(Locale.ROOT).startsWith(prefix) ? null : field);
  }

  private static boolean isArgument(Entry<String, String> field) {
    return field.getKey().toLowerCase(Locale.ROOT).matches("x-hgarg-\\d+");
  }

  private static int number(Entry<String, String> field) {
    return Integer.parseInt(field.getKey().substring("x-hgarg-".length()));
  }

  private static Call values(Call call, UnaryOperator<String> change) {
    return call.withFields(
        field ->
            isArgument(field)
                ? Map.entry(field.getKey(), change.apply(field.getValue()))
                : field);
  }

  /** Puts the fields of arguments together as another order has them. */
  private static Call joined(Call call, java.util.Comparator<Entry<String, String>> order) {
    String all =
        call.fields().entries().stream()
            .filter(Version1HttpMutants::isArgument)
            .sorted(order)
            .map(Entry::getValue)
            .collect(Collectors.joining());
    return all.isEmpty() ? call : withoutFields(call, "x-hgarg-").withField("X-HgArg-1", all);
  }

  private static List<Mutant> arguments() {
    Version1Mutants list = new Version1Mutants("v1/arguments/*");
    list.request("arguments in header fields are not read", call -> withoutFields(call, "x-hgarg-"));
    list.request(
        "arguments in the query are not read",
        call -> call.withTarget(call.target().replaceAll("&.*", "")));
    list.request(
        "only the first header field is read",
        call ->
            call.withFields(field -> isArgument(field) && number(field) > 1 ? null : field));
    list.request("fields are joined as they come", call -> joined(call, (a, b) -> 0));
    list.request(
        "fields are joined in the order of their names",
        call -> joined(call, Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER)));
    list.request(
        "each field is decoded by itself",
        call ->
            values(
                call,
                value -> value.matches("(?s).*%.?") ? value.replaceAll("%.?$", "") : value));
    list.request(
        "names of fields have a case",
        call ->
            call.withFields(field -> field.getKey().startsWith("x-hgarg-") ? null : field));
    list.request(
        "plus is no space",
        call -> values(call, value -> value.replace("+", "%2B")));
    list.request(
        "nothing is decoded", call -> {
          Call changed = values(call, value -> value.replace("%", "%25"));
          return changed.withTarget(changed.target().replace("%", "%25"));
        });
    list.request(
        "arguments without value are dropped",
        call -> values(call, value -> value.endsWith("=") ? "" : value));
    list.refuses(
        "unknown arguments are refused",
        call -> Version1Arguments.of(call).containsKey("future"));
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
    list.request(
        "arguments in bodies are not read", call -> call.withField("X-HgArgs-Post", ""));
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
