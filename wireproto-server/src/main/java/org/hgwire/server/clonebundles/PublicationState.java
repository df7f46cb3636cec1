// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher knows of what it put into a content store, kept in a file beside the manifest.
 *
 * @param heads the heads of what the current bundles cover
 * @param bundles the current bundles
 * @param retired the others
 */
record PublicationState(List<Node> heads, List<StoredBundle> bundles, List<RetiredBundle> retired) {
  static final PublicationState EMPTY = new PublicationState(List.of(), List.of(), List.of());

  private static final String TITLE = "hgwire clone bundles 1";

  /** Copies the lists. */
  PublicationState {
    heads = List.copyOf(heads);
    bundles = List.copyOf(bundles);
    retired = List.copyOf(retired);
  }

  /** Returns this state with bundles that were put, or will be, and are not listed. */
  PublicationState retiring(List<StoredBundle> added, Instant now) {
    List<RetiredBundle> all = new ArrayList<>(without(added).retired());
    added.forEach(each -> all.add(new RetiredBundle(each, now)));
    return new PublicationState(heads, bundles, all);
  }

  /** Returns the state when other bundles are current and those of this state are retired. */
  PublicationState replacedBy(List<Node> newHeads, List<StoredBundle> newBundles, Instant now) {
    List<RetiredBundle> all = retiring(bundles, now).without(newBundles).retired();
    return new PublicationState(newHeads, newBundles, all);
  }

  /** Returns this state without some of the retired bundles. */
  PublicationState without(List<StoredBundle> others) {
    List<ByteString> hashes = others.stream().map(StoredBundle::sha256).toList();
    return new PublicationState(
        heads,
        bundles,
        retired.stream().filter(each -> !hashes.contains(each.bundle().sha256())).toList());
  }

  /** Returns whether a line of a manifest lists a bundle of this state. */
  boolean owns(String line) {
    return bundles.stream().anyMatch(each -> each.isIn(line))
        || retired.stream().anyMatch(each -> each.bundle().isIn(line));
  }

  /** Returns the text of the file. */
  ByteString print() {
    List<String> lines = new ArrayList<>(List.of(TITLE));
    heads.forEach(head -> lines.add("head " + head));
    bundles.forEach(each -> lines.add("bundle " + words(each)));
    retired.forEach(
        each -> lines.add("retired " + words(each.bundle()) + " " + each.since().getEpochSecond()));
    return ByteString.utf8(String.join("\n", lines) + "\n");
  }

  private static String words(StoredBundle bundle) {
    return String.join(
        " ",
        bundle.type(),
        bundle.sha256().hex(),
        bundle.sha512().hex(),
        Long.toString(bundle.size()));
  }

  private static StoredBundle bundle(String[] words) {
    return new StoredBundle(
        words[1],
        ByteString.fromHex(words[2]),
        ByteString.fromHex(words[3]),
        Long.parseLong(words[4]));
  }

  /**
   * Reads the text of the file.
   *
   * @return null if it is not such a text
   */
  static @Nullable PublicationState parse(ByteString text) {
    List<Node> heads = new ArrayList<>();
    List<StoredBundle> bundles = new ArrayList<>();
    List<RetiredBundle> retired = new ArrayList<>();
    List<String> lines = text.utf8().lines().toList();
    if (lines.isEmpty() || !Objects.equals(lines.get(0), TITLE)) {
      return null;
    }
    try {
      for (String line : lines.subList(1, lines.size())) {
        String[] words = line.split(" ", -1);
        switch (words[0] + " " + words.length) {
          case "head 2" -> heads.add(Node.fromHex(words[1]));
          case "bundle 5" -> bundles.add(bundle(words));
          case "retired 6" ->
              retired.add(
                  new RetiredBundle(
                      bundle(words), Instant.ofEpochSecond(Long.parseLong(words[5]))));
          default -> {
            return null;
          }
        }
      }
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    return new PublicationState(heads, bundles, retired);
  }
}
