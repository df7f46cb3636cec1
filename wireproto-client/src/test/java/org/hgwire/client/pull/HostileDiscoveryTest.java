// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server of version 1 that lies about what it has: heads, bookmarks, phases and markers. */
@Timeout(60)
final class HostileDiscoveryTest {
  private static final String NOBODY = "e".repeat(40);
  private static final ByteString NAMESPACE = ByteString.utf8("namespace");
  private static final Map<String, Lie> LIES = lies();
  private static final Map<String, Lie> LIES_ABOUT_STATE = liesAboutState();

  @TempDir Path directory;

  /** What a server does, and what the error says about it. */
  private record Lie(Trick trick, String message) {}

  private interface Trick {
    void playedBy(Version1Server server);
  }

  private static Map<String, Lie> lies() {
    Map<String, Lie> lies = new LinkedHashMap<>();
    for (String heads : List.of("no node\n", "abc\n", NOBODY + NOBODY + "\n")) {
      lies.put("heads " + heads.strip(), text("heads", heads, "heads"));
    }
    lies.put("head that does not exist", text("heads", NOBODY + "\n", "not contain the requested"));
    for (String known : List.of("", "2", "11", "1\n1")) {
      lies.put("known " + known, text("known", known, "known"));
    }
    lies.put(
        "knows nothing", new Lie(server -> server.knowsNothing = true, "no changeset in common"));
    for (String batch : List.of("", ";", ";;", "x;y;z", ":x;1", NOBODY)) {
      lies.put("batch " + batch, text("batch", batch, "batch|heads|known|respon"));
    }
    for (String words : List.of("", "getbundle", "lookup known batch", "\0\0\0", "batch known")) {
      lies.put("capabilities " + words.strip(), text("capabilities", words, ""));
    }
    return lies;
  }

  private static Map<String, Lie> liesAboutState() {
    Map<String, Lie> lies = new LinkedHashMap<>();
    lies.put("bookmark nowhere", new Lie(server -> server.bookmarks = "@\tno node", "bookmark @"));
    lies.put("key without a value", new Lie(server -> server.bookmarks = "only a key", "key"));
    lies.put(
        "draft root that is no node", new Lie(server -> server.phases = "no node\t1", "draft"));
    for (String markers : List.of("", "02", "0100", "01ffffffff", "00ff", "01" + "00".repeat(19))) {
      lies.put(
          "markers " + markers,
          part("OBSMARKERS", Map.of(), ByteString.fromHex(markers), "getbundle"));
    }
    lies.put(
        "marker that replaces itself",
        part(
            "OBSMARKERS",
            Map.of(),
            ByteString.fromHex("00" + "01" + "00000000" + "00" + NOBODY + NOBODY),
            "replaces itself"));
    lies.put(
        "keys with an unknown mandatory parameter",
        part("LISTKEYS", Map.of(ByteString.utf8("x"), NAMESPACE), ByteString.empty(), "mandatory"));
    lies.put(
        "server that fails in the middle",
        part("ERROR:ABORT", Map.of(), ByteString.empty(), "failed to make the bundle"));
    lies.put(
        "marker before the server fails",
        new Lie(
            server ->
                server.lie =
                    bundle -> {
                      ByteString marker =
                          ByteString.fromHex(
                              "01" + "00000027" + "00".repeat(12) + "000300" + "11".repeat(20));
                      bundle.parts.add(new ScriptedBundle.Part("OBSMARKERS", Map.of(), marker));
                      Version1Server.part(bundle, "ERROR:ABORT", Map.of(), "");
                    },
            "failed to make the bundle"));
    return lies;
  }

  private static Lie text(String command, String text, String message) {
    return new Lie(server -> server.texts.put(command, text), message);
  }

  private static Lie part(
      String name, Map<ByteString, ByteString> mandatory, ByteString payload, String message) {
    return new Lie(
        server ->
            server.lie =
                bundle -> bundle.parts.add(new ScriptedBundle.Part(name, mandatory, payload)),
        message);
  }

  static Stream<String> names() {
    return LIES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingOfItIsInTheRepository(String name) throws IOException {
    Lie lie = requireNonNull(LIES.get(name));
    try (HostilePull pull = new HostilePull(directory, 3)) {
      lie.trick().playedBy(pull.server);
      pull.requireRefused(lie.message());
    }
  }

  static Stream<String> namesAboutState() {
    return LIES_ABOUT_STATE.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("namesAboutState")
  void onlyVerifiedChangesetsAreInTheRepository(String name) throws IOException {
    Lie lie = requireNonNull(LIES_ABOUT_STATE.get(name));
    try (HostilePull pull = new HostilePull(directory, 3)) {
      lie.trick().playedBy(pull.server);
      pull.requireChangesetsAlone(lie.message());
    }
  }

  @Test
  void namesThatCannotBeBookmarksAreLeftOut() throws IOException {
    try (HostilePull pull = new HostilePull(directory, 3)) {
      String head = pull.server.head();
      pull.server.bookmarks =
          String.join(
              "\n",
              "good\t" + head,
              "bell\u0007\t" + head,
              "\u001b[31m\t" + head,
              "divergent@x\t" + head,
              "nowhere\t" + NOBODY,
              "null\t" + "0".repeat(40));
      pull.pull();
      try (PullSink sink = RepositorySink.open(directory.resolve("repository"), null)) {
        assertThat(requireNonNull(sink.state()).bookmarks())
            .containsOnlyKeys(ByteString.utf8("good"));
      }
      pull.requireCompletes();
    }
  }
}
