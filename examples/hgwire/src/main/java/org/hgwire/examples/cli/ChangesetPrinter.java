// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;

/** Prints changesets as {@code hg log} does, or as JSON. */
final class ChangesetPrinter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy Z", Locale.ROOT);
  private static final int SHORT = 12;

  private final ChangesetIndex index;
  private final Map<Node, List<ByteString>> bookmarks = new TreeMap<>();
  private final PrintWriter out;
  private final boolean json;
  private final boolean verbose;

  /**
   * @param verbose whether to print the files and the whole description
   */
  ChangesetPrinter(RepositorySnapshot snapshot, PrintWriter out, boolean json, boolean verbose)
      throws IOException {
    this.index = snapshot.changesets();
    this.out = out;
    this.json = json;
    this.verbose = verbose;
    new TreeMap<>(snapshot.bookmarks())
        .forEach(
            (name, node) -> bookmarks.computeIfAbsent(node, none -> new ArrayList<>()).add(name));
  }

  void print(int revision) throws IOException {
    ChangesetText text;
    try {
      text = ChangesetText.parse(RepositoryReading.text(index.text(revision)));
    } catch (WireProtocolException malformed) {
      throw new IOException(
          "changeset " + index.node(revision) + " cannot be read: " + malformed.getMessage(),
          malformed);
    }
    if (json) {
      toCbor(revision, text).accept(new JsonWriter(out));
      out.println();
    } else {
      printLines(revision, text);
    }
  }

  private List<ByteString> bookmarksOf(int revision) {
    return bookmarks.getOrDefault(index.node(revision), List.of());
  }

  private CborMap toCbor(int revision, ChangesetText text) {
    List<CborValue> parents = new ArrayList<>();
    for (int parent : new int[] {index.parent1(revision), index.parent2(revision)}) {
      if (parent != ChangesetIndex.NONE) {
        parents.add(CborBytes.utf8(index.node(parent).hex()));
      }
    }
    return CborMap.builder()
        .put("rev", revision)
        .put("node", CborBytes.utf8(index.node(revision).hex()))
        .put("branch", text.branch())
        .put("phase", CborBytes.utf8(index.phase(revision).name().toLowerCase(Locale.ROOT)))
        .put("user", text.user())
        .put("date", CborArray.of(CborInteger.of(text.time()), CborInteger.of(text.timezone())))
        .put("desc", text.description())
        .put("bookmarks", CborArray.ofByteStrings(bookmarksOf(revision)))
        .put("parents", new CborArray(parents))
        .put("files", CborArray.ofByteStrings(text.files()))
        .build();
  }

  private void printLines(int revision, ChangesetText text) {
    field("changeset", number(revision));
    if (!text.branch().equals(ChangesetText.DEFAULT_BRANCH)) {
      field("branch", text.branch().utf8());
    }
    for (ByteString bookmark : bookmarksOf(revision)) {
      field("bookmark", bookmark.utf8());
    }
    boolean merge = index.parent2(revision) != ChangesetIndex.NONE;
    if (merge || index.parent1(revision) != revision - 1) {
      field("parent", number(index.parent1(revision)));
    }
    if (merge) {
      field("parent", number(index.parent2(revision)));
    }
    field("user", text.user().utf8());
    field("date", DATE.format(text.date()));
    String description = text.description().utf8();
    if (verbose) {
      text.files().forEach(file -> field("file", file.utf8()));
      out.println("description:");
      description.lines().forEach(line -> out.println(PeerText.line(line)));
      out.println();
    } else {
      field("summary", description.lines().findFirst().orElse(""));
    }
    out.println();
  }

  private String number(int revision) {
    Node node = revision == ChangesetIndex.NONE ? Node.NULL : index.node(revision);
    return revision + ":" + node.hex().substring(0, SHORT);
  }

  private void field(String name, String value) {
    out.println((name + ":             ").substring(0, 13) + PeerText.line(value));
  }
}
