// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.server.CommandEvents;
import org.hgwire.server.CommandReport;
import org.hgwire.server.RequestEvents;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The commands of version 1 of the protocol that this server responds to: {@code capabilities}, the
 * handshake, from which a client learns how to upgrade; and those that a client of version 1 sends
 * to use clone bundles. If a bundle has all changesets, such a clone is complete; if not, the
 * client sends another command and gets an error that names the version spoken here.
 *
 * <p>{@code heads} and {@code listkeys} are served only to callers that are offered clone bundles:
 * without a bundle they lead nowhere, and an early error is better. {@code known}, {@code
 * getbundle} and {@code batch} are not advertised, because clients would begin with them.
 */
final class Version1 {
  /**
   * The capabilities of version 1. {@code lookup} is advertised so that clients send it: without
   * it, {@code hg identify} and {@code hg clone -r} stop with "remote repository does not support
   * the 'lookup' capability", and nobody learns which version is spoken here.
   */
  private static final String V1_CAPABILITIES = "httpheader=1024 httpmediatype=0.1rx,0.1tx lookup";

  /** The capabilities that are added for callers that are offered clone bundles. */
  private static final String BUNDLE_CAPABILITIES = " clonebundles pushkey";

  private static final String REFUSAL =
      "this server speaks only version 2 of Mercurial's wire protocol ("
          + HttpV2Api.NAME
          + "), which Mercurial up to 6.0 speaks when it is called with"
          + " --config experimental.httppeer.advertise-v2=true\n";

  private final ServerOptions options;
  private final CloneBundleOffer offer;

  Version1(ServerOptions options) {
    this.options = options;
    this.offer = options.registry().cloneBundles();
  }

  /**
   * Responds to {@code ?cmd=COMMAND}.
   *
   * @throws IOException if the response cannot be made
   */
  FixedExchange respond(
      RequestHead request,
      String command,
      Caller caller,
      Repository repository,
      RequestEvents events)
      throws IOException {
    CommandEvents report = events.command(isKnown(command) ? command : CommandReport.UNKNOWN);
    try {
      FixedExchange response = response(request, command, caller, repository);
      if (response == null) {
        report.refused(REFUSAL.strip());
        response =
            FixedExchange.text(
                200, HttpFields.of("Content-Type", HttpV2Api.ERROR_MEDIA_TYPE), REFUSAL);
      }
      report.bytes(response.responseHead().length().orElse(0));
      return response;
    } catch (MalformedTargetException malformed) {
      report.refused(String.valueOf(malformed.getMessage()));
      throw malformed;
    } catch (IOException | RuntimeException failure) {
      report.failed(failure);
      throw failure;
    } finally {
      report.ended(OptionalLong.empty());
    }
  }

  private static boolean isKnown(String command) {
    return command.equals(CapabilitiesRequest.COMMAND)
        || command.equals(ClonebundlesRequest.COMMAND)
        || command.equals(HeadsRequest.COMMAND)
        || command.equals(ListkeysRequest.COMMAND);
  }

  /** Returns the response to a command, or null to refuse it. */
  private @Nullable FixedExchange response(
      RequestHead request, String command, Caller caller, Repository repository)
      throws IOException {
    if (command.equals(CapabilitiesRequest.COMMAND)) {
      return capabilities(request, caller, repository);
    }
    if (!request.isRead() || !offer.isConfigured()) {
      return null;
    }
    // wireprotocol, "clonebundles": "Obtains a manifest of bundle URLs available to seed clones."
    // A client that sends it although there is no manifest (any more) continues without.
    if (command.equals(ClonebundlesRequest.COMMAND)) {
      return FixedExchange.bytes(HttpV2Api.V1_MEDIA_TYPE, offer.manifest(caller, repository));
    }
    boolean heads = command.equals(HeadsRequest.COMMAND);
    if (!(heads || command.equals(ListkeysRequest.COMMAND))
        || !offer.isMadeTo(caller, repository)) {
      return null;
    }
    CborValue value =
        run(
            heads ? new HeadsRequest(false) : new ListkeysRequest(namespace(request)),
            caller,
            repository);
    return value == null
        ? null
        : FixedExchange.bytes(HttpV2Api.V1_MEDIA_TYPE, heads ? heads(value) : keys(value));
  }

  private FixedExchange capabilities(RequestHead request, Caller caller, Repository repository)
      throws IOException {
    // wireprotocol, "HTTP Transport": a client that sends X-HgUpgrade-<N> and lists "cbor" in
    // X-HgProto-<N> gets "application/mercurial-cbor"; servers ignore what they do not support.
    List<String> upgrades = words(request.fields().joined(HttpV2Api.UPGRADE_HEADER));
    boolean cbor =
        words(request.fields().joined(HttpV2Api.PROTO_HEADER)).contains(HttpV2Api.PROTO_CBOR);
    ByteString v1Capabilities =
        ByteString.utf8(
            V1_CAPABILITIES + (offer.isMadeTo(caller, repository) ? BUNDLE_CAPABILITIES : ""));
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
    return Arrays.stream(list.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /** "A list of space-delimited hex nodes of repository heads followed by a newline." */
  private static ByteString heads(CborValue response) {
    String nodes =
        HeadsResponse.read(response).nodes().stream()
            .map(Node::hex)
            .collect(Collectors.joining(" "));
    return ByteString.utf8((nodes.isEmpty() ? Node.NULL.hex() : nodes) + "\n");
  }

  /** "Key-value pairs are delimited by newlines. Within each line, … separated by a tab." */
  private static ByteString keys(CborValue response) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ListkeysResponse.read(response)
        .values()
        .forEach(
            (key, value) -> {
              // The format has no escape for its delimiters: such a pair is left out.
              if (isOneField(key) && isOneField(value)) {
                lines.writeBytes(key.toByteArray());
                lines.write('\t');
                lines.writeBytes(value.toByteArray());
                lines.write('\n');
              }
            });
    byte[] text = lines.toByteArray();
    int end = text.length == 0 ? 0 : text.length - 1;
    return ByteString.copyOf(text, 0, end);
  }

  private static boolean isOneField(ByteString text) {
    return text.indexOf((byte) '\t', 0) < 0 && text.indexOf((byte) '\n', 0) < 0;
  }

  /** Arguments are in the query or, since "httpheader" is advertised, in X-HgArg fields. */
  private static ByteString namespace(RequestHead request) {
    String inFields =
        RequestTarget.parse("/?" + request.fields().joined(HttpV2Api.ARGUMENTS_HEADER))
            .parameter("namespace");
    String given =
        inFields == null ? RequestTarget.parse(request.target()).parameter("namespace") : inFields;
    return ByteString.utf8(given == null ? "" : given);
  }

  /** Runs the command of version 2, or returns null if the host left it out. */
  private @Nullable CborValue run(TypedRequest request, Caller caller, Repository repository)
      throws IOException {
    CommandDefinition definition = options.registry().find(request.command());
    Command command = definition == null ? null : definition.command();
    if (definition == null || command == null) {
      return null;
    }
    CborMap arguments = definition.check(request.arguments());
    try (ObjectSource objects = command.run(new CommandCall(caller, repository, arguments))) {
      ResponseObject object = objects.next();
      while (object instanceof ResponseObject.NotYet) {
        object = objects.next();
      }
      if (object instanceof ResponseObject.Value value) {
        return value.value();
      }
      throw new IllegalStateException("the response of " + request.command() + " is not a value");
    }
  }
}
