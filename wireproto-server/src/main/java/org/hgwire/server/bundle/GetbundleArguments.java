// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.PartHeader;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of {@code getbundle} ({@code hg help internals.wireprotocol}, getbundle).
 * Arguments that are unknown are ignored, as Mercurial does.
 */
public final class GetbundleArguments {
  private static final String BUNDLE2 = "bundle2=";
  private static final String FALSE = "0";
  private static final int MAX_MARKER_VERSION = 1;

  private final Map<String, ByteString> arguments;

  private GetbundleArguments(Map<String, ByteString> arguments) {
    this.arguments = arguments;
  }

  /**
   * Reads arguments, decoded.
   *
   * @throws CommandException if one is malformed, or if what is asked for cannot be sent in a way
   *     that the client understands
   */
  public static BundleRequest read(Map<String, ByteString> arguments) {
    return new GetbundleArguments(arguments).request();
  }

  private BundleRequest request() {
    BundleCapabilities client = capabilities();
    boolean changegroup = flag("cg", true);
    BundleFormat format =
        client == null
            ? new BundleFormat.Bare()
            : new BundleFormat.Hg20(version(client, changegroup), BundleCompression.NONE);
    List<ByteString> namespaces = namespaces();
    boolean bookmarks = flag("bookmarks", false);
    boolean phases = flag("phases", false);
    if (client == null && (bookmarks || phases || !namespaces.isEmpty())) {
      throw new CommandException(
          "bookmarks, phases and listkeys can only be requested with HG20 in bundlecaps");
    }
    if (client != null) {
      require(!bookmarks || client.has("bookmarks"), "bookmarks");
      require(!phases || client.has("phases", "heads"), "phases=heads");
    }
    return new BundleRequest(
        nodes("heads"),
        nodes("common"),
        format,
        new BundleParts(changegroup, bookmarks, namespaces, markerVersions(client), phases));
  }

  private List<ByteString> namespaces() {
    List<ByteString> namespaces =
        ComparableKeys.setOf(list("listkeys", ",")).stream().map(ByteString::utf8).toList();
    for (ByteString namespace : namespaces) {
      if (namespace.length() > PartHeader.MAX_LENGTH) {
        throw new CommandException(
            "listkeys has a namespace of "
                + namespace.length()
                + " bytes; the bundle can name one of "
                + PartHeader.MAX_LENGTH
                + " at most");
      }
    }
    return namespaces;
  }

  private static void require(boolean understood, String capability) {
    if (!understood) {
      throw new CommandException(
          "what is requested needs the bundle capability \""
              + capability
              + "\", which the client does not have");
    }
  }

  /** Returns what the client understands of HG20 bundles, or null if it knows none. */
  private @Nullable BundleCapabilities capabilities() {
    List<String> entries = list("bundlecaps", ",");
    if (entries.stream().noneMatch(entry -> entry.startsWith("HG2"))) {
      return null;
    }
    for (String entry : entries) {
      if (entry.startsWith(BUNDLE2)) {
        try {
          return BundleCapabilities.readQuoted(entry.substring(BUNDLE2.length()));
        } catch (WireProtocolException e) {
          throw new CommandException(String.valueOf(e.getMessage()));
        }
      }
    }
    return new BundleCapabilities(Map.of());
  }

  /** Returns the versions of markers that a client wants; it gets none that it cannot read. */
  private Set<Integer> markerVersions(@Nullable BundleCapabilities client) {
    Set<Integer> versions = new TreeSet<>();
    if (client != null && flag("obsmarkers", false)) {
      for (int version = 0; version <= MAX_MARKER_VERSION; version++) {
        if (client.has("obsmarkers", "V" + version)) {
          versions.add(version);
        }
      }
    }
    return versions;
  }

  /** Returns the newest version that both know; 01 if the client names none, or wants none. */
  private static ChangegroupVersion version(BundleCapabilities client, boolean changegroup) {
    if (!changegroup || !client.has("changegroup")) {
      return ChangegroupVersion.V01;
    }
    return Stream.of(ChangegroupVersion.values())
        .filter(version -> client.has("changegroup", version.text()))
        .max(Comparator.naturalOrder())
        .orElseThrow(
            () ->
                new CommandException(
                    "the client accepts no changegroup 01, 02 or 03, and no other is made"));
  }

  private List<Node> nodes(String name) {
    List<Node> nodes = new ArrayList<>();
    for (String hex : list(name, " ")) {
      try {
        nodes.add(Node.fromHex(hex));
      } catch (IllegalArgumentException e) {
        throw new CommandException(
            "the argument \""
                + name
                + "\" has \""
                + ByteString.utf8(hex).excerpt()
                + "\", which is not a node");
      }
    }
    return nodes;
  }

  private boolean flag(String name, boolean absent) {
    ByteString value = arguments.get(name);
    return value == null ? absent : !value.isEmpty() && !value.utf8().equals(FALSE);
  }

  private List<String> list(String name, String separator) {
    ByteString value = arguments.get(name);
    return value == null
        ? List.of()
        : Stream.of(value.utf8().split(separator, -1)).filter(entry -> !entry.isEmpty()).toList();
  }
}
