// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.ArgumentForm;
import org.hgwire.core.version1.Version1Capabilities;
import org.hgwire.core.version1.Version1Request;

/**
 * A {@code getbundle}.
 *
 * @param arguments its arguments, as they are before they are encoded
 */
record BundleInput(NavigableMap<String, String> arguments) {
  private static final Version1Capabilities SERVER =
      Version1Capabilities.parse(ByteString.utf8("httpheader=1024"));

  /** Copies the map. */
  BundleInput {
    arguments = new TreeMap<>(arguments);
  }

  /** Returns the HTTP request, for an uncompressed response. */
  SentRequest request() {
    NavigableMap<String, ByteString> encoded = new TreeMap<>();
    arguments.forEach((name, value) -> encoded.put(name, ByteString.utf8(value)));
    ArgumentForm form = ArgumentForm.of(new Version1Request("getbundle", encoded), SERVER);
    Map<String, String> headers = new LinkedHashMap<>(form.headers());
    headers.put("X-HgProto-1", "0.1 0.2 comp=none");
    return new SentRequest("GET", "/?" + form.query(), headers, ByteString.empty(), 0);
  }

  /** Returns the nodes that an argument lists, without those that are none. */
  List<Node> nodes(String argument) {
    return Arrays.stream(get(argument).split(" "))
        .filter(hex -> hex.matches("[0-9a-f]{40}"))
        .map(Node::fromHex)
        .toList();
  }

  /** Returns an argument, or an empty string. */
  String get(String argument) {
    return arguments.getOrDefault(argument, "");
  }

  /** Returns whether an argument is there, and empty. */
  boolean isEmpty(String argument) {
    return "".equals(arguments.get(argument));
  }

  /** Returns the namespaces that are to be listed, as they are named. */
  List<String> namespaces() {
    return arguments.containsKey("listkeys") ? List.of(get("listkeys").split(",", -1)) : List.of();
  }

  /** Returns whether the client says that it reads HG20 with a capability. */
  boolean reads(String capability) {
    return get("bundlecaps").contains("%0A" + capability);
  }

  /** Returns the requests without an argument, or with fewer words in one. */
  List<BundleInput> smaller() {
    List<BundleInput> smaller = new ArrayList<>();
    for (String name : arguments.keySet()) {
      NavigableMap<String, String> less = new TreeMap<>(arguments);
      less.remove(name);
      smaller.add(new BundleInput(less));
    }
    arguments.forEach(
        (name, value) -> {
          String separator =
              name.equals("bundlecaps") ? "%0A" : name.equals("listkeys") ? "," : " ";
          List<String> words = List.of(value.split(separator));
          for (List<String> rest : Removal.of(words)) {
            NavigableMap<String, String> less = new TreeMap<>(arguments);
            less.put(name, String.join(separator, rest));
            smaller.add(new BundleInput(less));
          }
        });
    return smaller;
  }

  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder("getbundle\n");
    arguments.forEach((name, value) -> lines.append("  " + name + " = " + value + "\n"));
    return lines.toString();
  }
}
