// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.TypedRequest;
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
 * What is answered to clients of version 1 of the protocol so that they can use clone bundles: the
 * manifest, and what such a client asks when it has applied a bundle. If the bundle holds all there
 * is, their clone is complete; if not, they ask for more and are told what is spoken here.
 *
 * <p>{@code heads} and {@code listkeys} are answered only to those who are offered clone bundles:
 * without a bundle nothing can come of it, and a client is better told so at once. {@code known},
 * {@code getbundle} and {@code batch} are not named, as clients would begin with them.
 */
final class Version1 {
  /** What is named besides when clone bundles are offered. */
  private static final String CAPABILITIES = " clonebundles pushkey";

  private final ServerOptions options;
  private final CloneBundleOffer offer;

  Version1(ServerOptions options) {
    this.options = options;
    this.offer = options.registry().cloneBundles();
  }

  /** Returns what the capabilities name for a caller besides what they always name. */
  String capabilities(Caller caller, Repository repository) {
    return offer.isMadeTo(caller, repository) ? CAPABILITIES : "";
  }

  /**
   * Answers a command, or returns null if it is one that is not answered here.
   *
   * @throws IOException if the answer cannot be found out
   */
  @Nullable FixedExchange answer(
      RequestHead request, String command, Caller caller, Repository repository)
      throws IOException {
    if (!offer.isConfigured()) {
      return null;
    }
    // wireprotocol, "clonebundles": "Obtains a manifest of bundle URLs available to seed clones."
    // A client that asks although there is none (any more) goes on without.
    if (command.equals(ClonebundlesRequest.COMMAND)) {
      return FixedExchange.bytes(HttpV2Api.V1_MEDIA_TYPE, offer.manifest(caller, repository));
    }
    boolean heads = command.equals(HeadsRequest.COMMAND);
    boolean known = heads || command.equals(ListkeysRequest.COMMAND);
    if (!known || !offer.isMadeTo(caller, repository)) {
      return null;
    }
    TypedRequest typed = heads ? new HeadsRequest(false) : new ListkeysRequest(namespace(request));
    CommandDefinition definition = options.registry().find(typed.command());
    Command work = definition == null ? null : definition.command();
    if (definition == null || work == null) {
      // The host left the command out.
      return null;
    }
    CborValue response =
        run(work, new CommandCall(caller, repository, definition.check(typed.arguments())));
    return FixedExchange.bytes(HttpV2Api.V1_MEDIA_TYPE, heads ? heads(response) : keys(response));
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
              // What has one of the two delimiters inside cannot be said.
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

  /** Arguments are in the query or, since "httpheader" is named, in X-HgArg fields. */
  private static ByteString namespace(RequestHead request) {
    String inFields =
        RequestTarget.parse("/?" + request.fields().joined(HttpV2Api.ARGUMENTS_HEADER))
            .parameter("namespace");
    String given =
        inFields == null ? RequestTarget.parse(request.target()).parameter("namespace") : inFields;
    return ByteString.utf8(given == null ? "" : given);
  }

  private static CborValue run(Command command, CommandCall call) throws IOException {
    try (ObjectSource objects = command.run(call)) {
      if (objects.next() instanceof ResponseObject.Value value) {
        return value.value();
      }
      throw new IllegalStateException("the response of a command is not a value");
    }
  }
}
