// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.ServerCapabilities;
import org.jspecify.annotations.Nullable;

/**
 * What a server of version 1 says that it can do (wireprotocol, Capabilities): words, some with a
 * value.
 *
 * @param values the value of each word; empty for a word without one
 */
public record Version1Capabilities(Map<String, String> values) {
  /** The word for bundles as responses; also the name of the command. */
  public static final String GETBUNDLE = "getbundle";

  /** The word for many commands in one; also the name of the command. */
  public static final String BATCH = "batch";

  /** The word for clone bundles of every kind; also the name of the command that lists them. */
  public static final String CLONEBUNDLES_MANIFEST = "clonebundles_manifest";

  private static final String BUNDLE2 = "bundle2";

  private static final ArgumentDescriptor BYTES = ArgumentDescriptor.required(ArgumentType.BYTES);

  private static final String POSTED_ARGUMENTS = "httppostargs";
  private static final String HEADER_LENGTH = "httpheader";
  private static final String MEDIA_TYPES = "httpmediatype";

  /** Copies the map. */
  public Version1Capabilities {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Reads words that are separated by spaces; of a word that occurs twice the first counts. */
  public static Version1Capabilities parse(ByteString text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : text.utf8().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!name.isEmpty()) {
        values.putIfAbsent(name, equals < 0 ? "" : word.substring(equals + 1));
      }
    }
    return new Version1Capabilities(values);
  }

  /** Returns whether the server says a word, with or without a value. */
  public boolean has(String word) {
    return values.containsKey(word);
  }

  /** Returns whether arguments may be sent in the body of a request. */
  public boolean acceptsPostedArguments() {
    return has(POSTED_ARGUMENTS);
  }

  /**
   * Returns how long a header field with arguments may be, in bytes with its name; 0 if arguments
   * are sent in the query alone.
   */
  public int headerLength() {
    try {
      return Math.max(0, Integer.parseInt(values.getOrDefault(HEADER_LENGTH, "0")));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Returns whether the server reads what clients say about media types and compressions. */
  public boolean negotiatesMediaTypes() {
    return has(MEDIA_TYPES);
  }

  /**
   * Returns what the server understands of bundles, or null if it does not know HG20; what cannot
   * be read counts as nothing.
   */
  public @Nullable BundleCapabilities bundles() {
    String quoted = values.get(BUNDLE2);
    if (quoted == null) {
      return null;
    }
    try {
      return BundleCapabilities.readQuoted(quoted);
    } catch (WireProtocolException malformed) {
      return new BundleCapabilities(Map.of());
    }
  }

  /** Returns the commands as a server of version 2 describes them, as far as it has the same. */
  public ServerCapabilities commands() {
    Map<ByteString, CommandDescriptor> commands = new LinkedHashMap<>();
    put(commands, HeadsRequest.COMMAND, CommandDescriptor.PULL, Map.of());
    if (has(KnownRequest.COMMAND)) {
      ArgumentDescriptor nodes = ArgumentDescriptor.optional(ArgumentType.LIST, CborArray.of());
      put(commands, KnownRequest.COMMAND, CommandDescriptor.PULL, Map.of("nodes", nodes));
    }
    if (has(LookupRequest.COMMAND)) {
      put(commands, LookupRequest.COMMAND, CommandDescriptor.PULL, Map.of("key", BYTES));
    }
    if (has(BranchmapRequest.COMMAND)) {
      put(commands, BranchmapRequest.COMMAND, CommandDescriptor.PULL, Map.of());
    }
    if (has(ClonebundlesRequest.COMMAND) || has(CLONEBUNDLES_MANIFEST)) {
      put(commands, ClonebundlesRequest.COMMAND, CommandDescriptor.PULL, Map.of());
    }
    // "Whether the server supports the 'pushkey' and 'listkeys' commands."
    if (has(PushkeyRequest.COMMAND)) {
      put(commands, ListkeysRequest.COMMAND, CommandDescriptor.PULL, Map.of("namespace", BYTES));
      put(
          commands,
          PushkeyRequest.COMMAND,
          CommandDescriptor.PUSH,
          Map.of("namespace", BYTES, "key", BYTES, "old", BYTES, "new", BYTES));
    }
    return new ServerCapabilities(commands, List.of(), List.of(), List.of(), null);
  }

  private static void put(
      Map<ByteString, CommandDescriptor> commands,
      String name,
      ByteString permission,
      Map<String, ArgumentDescriptor> arguments) {
    Map<ByteString, ArgumentDescriptor> named = new LinkedHashMap<>();
    arguments.forEach((key, argument) -> named.put(ByteString.utf8(key), argument));
    commands.put(ByteString.utf8(name), CommandDescriptor.of(named, List.of(permission)));
  }
}
