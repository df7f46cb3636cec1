// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.message.CommandRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request of version 1.
 *
 * @param command the name of the command
 * @param arguments its arguments, in the order of their names
 */
public record Version1Request(String command, SortedMap<String, ByteString> arguments) {
  /** Copies the map. */
  public Version1Request {
    arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
  }

  /** Returns a request without arguments. */
  public static Version1Request of(String command) {
    return new Version1Request(command, new TreeMap<>());
  }

  /** Returns this request with another argument. */
  public Version1Request with(String name, ByteString value) {
    SortedMap<String, ByteString> more = new TreeMap<>(arguments);
    more.put(name, value);
    return new Version1Request(command, more);
  }

  /** Returns this request with a list of nodes as another argument. */
  public Version1Request with(String name, List<Node> nodes) {
    StringBuilder hex = new StringBuilder(nodes.size() * (2 * Node.BYTES + 1));
    for (Node node : nodes) {
      hex.append(hex.isEmpty() ? "" : " ").append(node.hex());
    }
    return with(name, ByteString.utf8(hex.toString()));
  }

  /**
   * Returns what version 1 has for a request of version 2, or null if it has nothing.
   *
   * @param capabilities those of the server, which decide how it lists clone bundles
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if its arguments are
   *     malformed
   */
  public static @Nullable Version1Request of(
      CommandRequest request, Version1Capabilities capabilities) {
    CborMap arguments = request.arguments();
    String name = request.name().utf8();
    return switch (name) {
      case HeadsRequest.COMMAND -> HeadsRequest.read(arguments).publicOnly() ? null : of(name);
      case KnownRequest.COMMAND -> of(name).with("nodes", KnownRequest.read(arguments).nodes());
      case BranchmapRequest.COMMAND -> of(name);
      case LookupRequest.COMMAND -> of(name).with("key", LookupRequest.read(arguments).key());
      case ListkeysRequest.COMMAND ->
          of(name).with("namespace", ListkeysRequest.read(arguments).namespace());
      case PushkeyRequest.COMMAND -> of(PushkeyRequest.read(arguments));
      case ClonebundlesRequest.COMMAND ->
          of(
              capabilities.has(Version1Capabilities.CLONEBUNDLES_MANIFEST)
                  ? Version1Capabilities.CLONEBUNDLES_MANIFEST
                  : name);
      default -> null;
    };
  }

  private static Version1Request of(PushkeyRequest request) {
    return of(PushkeyRequest.COMMAND)
        .with("namespace", request.namespace())
        .with("key", request.key())
        .with("old", request.oldValue())
        .with("new", request.newValue());
  }
}
