// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/** Faults in the HTTP of version 2: handshake, methods, paths, media types, permissions. */
final class HttpMutants {
  private static final String CASES = "http/*";
  private static final String V2 = "/exp-http-v2-0003/";

  private HttpMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    handshake(mutants);
    requests(mutants);
    commands(mutants);
    return mutants;
  }

  private static void handshake(List<Mutant> mutants) {
    add(
        mutants,
        "the handshake has the media type of version 1",
        Fault.response(
            (call, reply) ->
                reply.type().equals(HttpV2Api.CBOR_MEDIA_TYPE)
                    ? reply.withType(HttpV2Api.V1_MEDIA_TYPE)
                    : reply));
    handshakeBody(mutants, "the handshake lacks the base of APIs", "Gapibase", "Gapibose");
    handshakeBody(mutants, "the handshake lists no API", V2.replace("/", ""), "exp-http-v3-0003");
    changes(
        mutants,
        "everybody gets the handshake of version 2",
        call ->
            isHandshake(call)
                ? call.withField("X-HgUpgrade-1", HttpV2Api.NAME).withField("X-HgProto-1", "cbor")
                : call);
    changes(
        mutants,
        "a serialization is an upgrade",
        call ->
            isHandshake(call) && call.field("X-HgProto-1").contains("cbor")
                ? call.withField("X-HgUpgrade-1", HttpV2Api.NAME)
                : call);
    changes(
        mutants,
        "an upgrade needs no serialization that is known",
        call ->
            call.field("X-HgUpgrade-1").isEmpty() ? call : call.withField("X-HgProto-1", "cbor"));
    changes(
        mutants,
        "the serialization stands alone",
        call ->
            call.field("X-HgProto-1").endsWith(" cbor") ? call.withField("X-HgProto-1", "") : call);
    changes(
        mutants,
        "only one API is looked for",
        call ->
            call.field("X-HgUpgrade-1").contains(" ") ? call.withField("X-HgUpgrade-1", "") : call);
    changes(
        mutants,
        "every API of HTTP is the one that there is",
        call ->
            call.field("X-HgUpgrade-1").contains("exp-http")
                ? call.withField("X-HgUpgrade-1", HttpV2Api.NAME)
                : call);
    add(mutants, "the handshake is cached whatever was asked", new CachedHandshake());
  }

  private static boolean isHandshake(Call call) {
    return call.target().contains("cmd=capabilities");
  }

  private static void handshakeBody(List<Mutant> mutants, String name, String text, String other) {
    add(
        mutants,
        name,
        Fault.response(
            (call, reply) ->
                isHandshake(call) ? reply.withBody(replaced(reply.body(), text, other)) : reply));
  }

  static ByteString replaced(ByteString body, String text, String other) {
    String latin1 = new String(body.toByteArray(), StandardCharsets.ISO_8859_1);
    return ByteString.copyOf(latin1.replace(text, other).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void requests(List<Mutant> mutants) {
    add(
        mutants,
        "responses of frames are octets",
        Fault.response(
            (call, reply) ->
                reply.isFramed() ? reply.withType("application/octet-stream") : reply));
    add(
        mutants,
        "methods are not looked at",
        (call, sound) ->
            call.target().contains(V2) && !call.method().equals("POST")
                ? Reply.text(200, "ran\n")
                : sound.respond(call));
    add(
        mutants,
        "the methods that are allowed are not listed",
        Fault.response(
            (call, reply) -> reply.status() == 405 ? reply.withType("text/plain") : reply));
    becomes(mutants, "what is not found is an empty success", 404, 200);
    add(
        mutants,
        "what the path names is looked up as an exception",
        Fault.crashes(call -> call.target().contains("no-such-command")));
    changes(
        mutants,
        "permissions are read in any case",
        call -> call.withTarget(call.target().replace("/RO/", "/ro/")));
    changes(
        mutants,
        "a path without command is for any",
        call -> call.withTarget(call.target().replaceAll("/ro$", "/ro/multirequest")));
    changes(
        mutants,
        "the rest of a path is ignored",
        call -> call.withTarget(call.target().replaceAll("/ro/heads/.*", "/ro/heads")));
    changes(
        mutants,
        "the version of an API is not looked at",
        call -> call.withTarget(call.target().replace("v2-9999", "v2-0003")));
    changes(
        mutants,
        "unknown permissions are those to read",
        call -> call.withTarget(call.target().replace("/xx/", "/ro/")));
    changes(
        mutants,
        "Accept is not looked at",
        call ->
            call.target().contains(V2)
                ? call.withField("Accept", HttpV2Api.FRAMING_MEDIA_TYPE)
                : call);
    changes(
        mutants,
        "Content-Type is not looked at",
        call ->
            call.target().contains(V2)
                ? call.withField("Content-Type", HttpV2Api.FRAMING_MEDIA_TYPE)
                : call);
    add(
        mutants,
        "bodies in chunks are not read",
        (call, sound) ->
            sound.respond(
                call.field("Transfer-Encoding").isEmpty()
                    ? call
                    : call.withBody(ByteString.empty())));
    add(
        mutants,
        "an error brings its stack trace",
        Fault.response(
            (call, reply) ->
                reply.status() == 400
                    ? reply.withBody(
                        ByteString.utf8(reply.body().utf8() + "\n  at Reactor:1\n  at Main:2\n"))
                    : reply));
    add(
        mutants,
        "a query after a command ends in an exception",
        Fault.crashes(call -> call.target().contains(V2) && call.target().contains("?")));
  }

  private static void commands(List<Mutant> mutants) {
    unchecked(mutants, "the command need not be that of the path", "must match command in URL");
    unchecked(mutants, "more commands than that of the path", "multiple commands cannot");
    unchecked(mutants, "a multirequest may be in another", "multirequest");
    unchecked(mutants, "a body without command is taken", "the request body has no command");
    unchecked(mutants, "pushkey needs no permission to write", "permission|pushkey");
    add(
        mutants,
        "a multirequest has at least two commands",
        Fault.refuses(
            call ->
                call.target().endsWith("/multirequest")
                    && RawFrame.parse(call.body()).size() == 1));
    add(
        mutants,
        "a multirequest has at most six commands",
        Fault.refuses(call -> RawFrame.parse(call.body()).size() > 6));
    add(
        mutants,
        "the path of permission to write does not exist",
        Fault.response(
            (call, reply) -> call.target().contains("/rw/") ? reply.withStatus(404) : reply));
  }

  private static void becomes(List<Mutant> mutants, String name, int status, int other) {
    add(
        mutants,
        name,
        Fault.response(
            (call, reply) -> reply.status() == status ? reply.withStatus(other) : reply));
  }

  private static void unchecked(List<Mutant> mutants, String name, String refusal) {
    add(mutants, name, new UncheckedRule(refusal));
  }

  private static void changes(List<Mutant> mutants, String name, UnaryOperator<Call> change) {
    add(mutants, name, Fault.request(change));
  }

  private static void add(List<Mutant> mutants, String name, Fault fault) {
    mutants.add(new Mutant(CASES, name, fault));
  }

  /** Sends the first response to a request for capabilities again and again. */
  private static final class CachedHandshake implements Fault {
    private @Nullable Reply first;

    @Override
    public synchronized Reply respond(Call call, Server sound) {
      if (!isHandshake(call)) {
        return sound.respond(call);
      }
      Reply known = first == null ? sound.respond(call) : first;
      first = known;
      return known;
    }
  }
}
