// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.util.List;
import java.util.Map.Entry;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireLimit;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.Authorization;
import org.hgwire.server.CommandEvents;
import org.hgwire.server.CommandScope;
import org.hgwire.server.RequestEvents;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.version1.ClientProtocol;
import org.hgwire.server.version1.MalformedArgumentsException;
import org.hgwire.server.version1.Version1Arguments;
import org.hgwire.server.version1.Version1Commands;
import org.hgwire.server.version1.Version1Session;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the protocol over HTTP (wireprotocol, HTTP Version 1 Transport): the handshake, from
 * which a client learns how to upgrade as well, and {@code ?cmd=COMMAND}, whose arguments are in
 * the query, in header fields or in the body.
 */
final class Version1 {
  /** What clients put into one header field of arguments; longer ones are read as well. */
  private static final int HEADER_LENGTH = 1024;

  private final ServerOptions options;
  private final Version1Commands commands;

  Version1(ServerOptions options) {
    this.options = options;
    this.commands =
        new Version1Commands(
            options,
            List.of(
                "compression=" + String.join(",", StreamCompression.names(options.encodings())),
                "httpheader=" + HEADER_LENGTH,
                "httpmediatype=0.1rx,0.1tx,0.2tx",
                "httppostargs"));
  }

  /**
   * Responds to {@code ?cmd=COMMAND}.
   *
   * @throws IOException if the repository cannot be read
   * @throws MalformedTargetException if the header is malformed
   */
  HttpExchange respond(
      RequestHead request, String command, Authorization authorization, RequestEvents events)
      throws IOException {
    FixedExchange refusal = refusal(request, command);
    if (refusal != null) {
      return refusal;
    }
    if (command.equals(CapabilitiesRequest.COMMAND)) {
      return handshake(request, authorization, events);
    }
    Version1Session session =
        Version1Session.of(
            options,
            authorization,
            CommandScope.anyCommands(grantsPush(request) ? Permission.PUSH : Permission.PULL),
            ClientProtocol.parse(request.fields().joined(HttpV2Api.PROTO_HEADER)),
            events);
    try {
      return exchange(request, command, session, events);
    } catch (MalformedArgumentsException malformed) {
      return FixedExchange.text(400, malformed.getMessage() + "\n");
    }
  }

  private @Nullable FixedExchange refusal(RequestHead request, String command) {
    boolean post = request.method().equals("POST");
    if (!request.isRead() && (!post || command.equals(CapabilitiesRequest.COMMAND))) {
      return ApiPages.notAllowed(
          command.equals(CapabilitiesRequest.COMMAND) ? "GET, HEAD" : "GET, HEAD, POST",
          "this needs a GET request\n");
    }
    if (commands.pushes(command) && !post) {
      return ApiPages.notAllowed("POST", "a command that changes something needs a POST request\n");
    }
    if (commands.pushes(command) && !grantsPush(request)) {
      return FixedExchange.text(
          415, "the body needs the Content-Type " + HttpV2Api.V1_MEDIA_TYPE + "\n");
    }
    return null;
  }

  /**
   * Returns whether a request may change something: a page of another origin can make a browser
   * send a POST request, but not with this type.
   */
  private static boolean grantsPush(RequestHead request) {
    String type = request.fields().first("Content-Type");
    return request.method().equals("POST") && HttpV2Api.V1_MEDIA_TYPE.equals(type);
  }

  /**
   * Reads the arguments in the query and in the header.
   *
   * @throws MalformedArgumentsException if they are malformed, or one of them is sent twice
   */
  private Version1Arguments.Builder arguments(RequestHead request) {
    Version1Arguments.Builder arguments = Version1Arguments.builder(options.limits());
    FormArguments.read(RequestTarget.parse(request.target()).query(), "cmd", arguments);
    HttpFields fields = request.fields();
    for (Entry<String, List<String>> field : fields.byName().entrySet()) {
      if (field.getValue().size() > 1 && isNumbered(field.getKey())) {
        throw new MalformedArgumentsException(
            "the header field " + PeerText.excerpt(field.getKey()) + " is sent twice");
      }
    }
    FormArguments.read(fields.joined(HttpV2Api.ARGUMENTS_HEADER), "", arguments);
    return arguments;
  }

  private static boolean isNumbered(String field) {
    return Stream.of(HttpV2Api.ARGUMENTS_HEADER, HttpV2Api.PROTO_HEADER)
        .anyMatch(name -> field.regionMatches(true, 0, name + "-", 0, name.length() + 1));
  }

  /**
   * "The client sends a 'X-HgArgs-Post' header with the string length of the encoded arguments
   * data. … The 'X-HgArgs-Post' header is not required if there is no argument data."
   */
  private static OptionalLong postedLength(RequestHead request) {
    List<String> given = request.fields().all(HttpV2Api.POSTED_ARGUMENTS_HEADER);
    if (given.isEmpty()) {
      return OptionalLong.of(0);
    }
    String length = given.get(0);
    boolean valid = given.size() == 1 && request.method().equals("POST");
    if (!valid || !length.matches("[0-9]{1,18}")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(length));
  }

  private HttpExchange exchange(
      RequestHead request, String command, Version1Session session, RequestEvents events) {
    OptionalLong posted = postedLength(request);
    if (posted.isEmpty()) {
      return FixedExchange.text(400, "the field X-HgArgs-Post is malformed\n");
    }
    long max = options.limits().of(WireLimit.MAX_ARGUMENT_BYTES);
    if (posted.getAsLong() > max) {
      return FixedExchange.text(
          413,
          "the arguments have more than "
              + max
              + " bytes ("
              + WireLimit.MAX_ARGUMENT_BYTES
              + ")\n");
    }
    int length = (int) posted.getAsLong();
    return new Version1Exchange(
        command,
        arguments(request),
        length == 0 ? null : new PostedArguments(length, options.memory().requests()),
        arguments -> commands.open(command, arguments, session),
        new Version1Media(options, session.protocol()),
        events);
  }

  /**
   * wireprotocol, "HTTP Transport": a client that sends X-HgUpgrade-N and lists "cbor" in
   * X-HgProto-N gets "application/mercurial-cbor"; servers ignore what they do not support.
   */
  private HttpExchange handshake(
      RequestHead request, Authorization authorization, RequestEvents events) throws IOException {
    CommandEvents report = events.command(CapabilitiesRequest.COMMAND);
    try {
      FixedExchange response = handshake(request, authorization);
      report.bytes(response.responseHead().length().orElse(0));
      return response;
    } catch (IOException | RuntimeException failure) {
      report.failed(failure);
      throw failure;
    } finally {
      report.ended(OptionalLong.empty());
    }
  }

  private FixedExchange handshake(RequestHead request, Authorization authorization)
      throws IOException {
    Caller caller = authorization.caller();
    Repository repository = authorization.repository();
    List<String> upgrades = words(request.fields().joined(HttpV2Api.UPGRADE_HEADER));
    boolean cbor =
        words(request.fields().joined(HttpV2Api.PROTO_HEADER)).contains(HttpV2Api.PROTO_CBOR);
    ByteString v1Capabilities = commands.capabilities(caller, repository);
    if (upgrades.isEmpty() || !cbor) {
      return handshake(HttpV2Api.V1_MEDIA_TYPE, v1Capabilities);
    }
    CborMap.Builder apis = CborMap.builder();
    if (upgrades.contains(HttpV2Api.NAME)) {
      apis.put(HttpV2Api.NAME, options.registry().capabilities(caller, repository).toCbor());
    }
    CborMap handshake =
        CborMap.builder()
            .put("apibase", CborBytes.utf8(HttpV2Api.API_BASE))
            .put("apis", apis.build())
            .put("v1capabilities", new CborBytes(v1Capabilities))
            .build();
    return handshake(HttpV2Api.CBOR_MEDIA_TYPE, CborEncoder.encode(handshake));
  }

  /**
   * A cache that kept the handshake of one version would hide the other: the response names the
   * fields that select it, besides forbidding to keep it.
   */
  private static FixedExchange handshake(String mediaType, ByteString body) {
    return FixedExchange.bytes(
        HttpFields.of("Content-Type", mediaType)
            .with("Vary", HttpV2Api.UPGRADE_HEADER + "-1, " + HttpV2Api.PROTO_HEADER + "-1"),
        body);
  }

  private static List<String> words(String list) {
    return ClientProtocol.parse(list).words();
  }
}
