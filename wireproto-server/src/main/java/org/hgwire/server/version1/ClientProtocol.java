// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.util.Arrays;
import java.util.List;

/**
 * What a client of version 1 says that it can read: the words of {@code X-HgProto} over HTTP, and
 * of {@code protocaps} over SSH.
 *
 * @param words the words, in order, such as {@code 0.2} and {@code comp=zstd,zlib,none}
 */
public record ClientProtocol(List<String> words) {
  /** Copies the list. */
  public ClientProtocol {
    words = List.copyOf(words);
  }

  /** Reads the words of a list that is separated by spaces. */
  public static ClientProtocol parse(String list) {
    return new ClientProtocol(
        Arrays.stream(list.split(" ", -1)).filter(word -> !word.isEmpty()).toList());
  }

  /** Returns whether the client said a word. */
  public boolean says(String word) {
    return words.contains(word);
  }

  /**
   * Returns the names of the compressions that the client reads, the most preferred first: "If this
   * parameter is not advertised, the server interprets this as equivalent to 'zlib,none'."
   */
  public List<String> compressions() {
    return words.stream()
        .filter(word -> word.startsWith("comp="))
        .findFirst()
        .map(word -> List.of(word.substring("comp=".length()).split(",", -1)))
        .orElse(List.of("zlib", "none"));
  }

  /**
   * Returns whether the client pulls again after a response that has only a part of what it asked
   * for.
   */
  public boolean partialPull() {
    return says("partial-pull");
  }

  /** Returns the words as they were sent. */
  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
