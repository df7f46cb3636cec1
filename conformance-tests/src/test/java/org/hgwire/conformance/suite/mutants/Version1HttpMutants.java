// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;

/** Faults in capabilities, media types and compression of version 1. */
final class Version1HttpMutants {
  private Version1HttpMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>(capabilities());
    mutants.addAll(http());
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
    proto(
        list,
        "compression without 0.2 is 0.2",
        text -> text.contains("0.2") ? text : text + " 0.2");
    proto(list, "zstd is taken for granted", text -> text.replaceAll("comp=\\S+", "comp=zstd"));
    proto(
        list,
        "the first compression counts",
        text -> text.replaceAll("comp=([^ ,]+)\\S*", "comp=$1"));
    proto(
        list,
        "without compressions it is zstd",
        text -> text.contains("comp") ? text : text + " comp=zstd");
    proto(
        list,
        "unknown parameters end the reading",
        text -> text.replaceAll("( 0\\.2)? 0\\.3 .*", ""));
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
    list.refuses(
        "unknown upgrades are refused", call -> call.field("X-HgUpgrade-1").contains("v9"));
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

  static Call withoutFields(Call call, String prefix) {
    return call.withFields(
        field -> field.getKey().toLowerCase(Locale.ROOT).startsWith(prefix) ? null : field);
  }
}
