// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small files of a repository. */
final class StoreFactsTest {
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);
  private static final Node NODE_A = Node.fromHex(A);
  private static final Node NODE_B = Node.fromHex(B);

  @TempDir Path temporary;

  private Path file(String text) throws IOException {
    return Files.writeString(temporary.resolve("file"), text);
  }

  private Path missing() {
    return temporary.resolve("missing");
  }

  @Test
  void phaseRootsAreReadInOrder() throws IOException {
    assertThat(PhaseRoot.read(missing())).isEmpty();
    assertThat(PhaseRoot.read(file(""))).isEmpty();
    assertThat(PhaseRoot.read(file("1 " + A + "\n2 " + B + "\n32 " + A + "\n96 " + B + "\n")))
        .containsExactly(
            new PhaseRoot(PhaseRoot.DRAFT, NODE_A),
            new PhaseRoot(PhaseRoot.SECRET, NODE_B),
            new PhaseRoot(PhaseRoot.ARCHIVED, NODE_A),
            new PhaseRoot(PhaseRoot.INTERNAL, NODE_B));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3 " + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "x y", "1 abc"})
  void damagedPhaseRootsAreNotSkipped(String line) throws IOException {
    Path file = file(line + "\n");
    assertThatThrownBy(() -> PhaseRoot.read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void bookmarksMayHaveAnyName() throws IOException {
    Map<ByteString, Node> bookmarks =
        NodeNames.bookmarks(file(A + " main\n" + B + " a b\n" + B + " x@y\nnonsense\n\n"));

    assertThat(bookmarks)
        .containsExactly(
            entry(ByteString.utf8("main"), NODE_A),
            entry(ByteString.utf8("a b"), NODE_B),
            entry(ByteString.utf8("x@y"), NODE_B));
    assertThat(NodeNames.bookmarks(missing())).isEmpty();
  }

  @Test
  void divergentBookmarksHaveAnAtWithin() {
    assertThat(NodeNames.isDivergent(ByteString.utf8("main@default"))).isTrue();
    assertThat(NodeNames.isDivergent(ByteString.utf8("@1"))).isTrue();
    assertThat(NodeNames.isDivergent(ByteString.utf8("@"))).isFalse();
    assertThat(NodeNames.isDivergent(ByteString.utf8("main@"))).isFalse();
    assertThat(NodeNames.isDivergent(ByteString.utf8("main"))).isFalse();
  }

  @Test
  void newestLocalTagWinsAndTheNullNodeRemoves() throws IOException {
    assertThat(
            NodeNames.localTags(
                file(A + " x\n" + B + " x\n" + A + " y\n" + "0".repeat(40) + " y\n")))
        .containsExactly(entry(ByteString.utf8("x"), NODE_B));
  }

  @Test
  void workingDirectoryHasUpToTwoParents() throws IOException {
    Path file = temporary.resolve("dirstate");
    assertThat(Dirstate.parents(file)).isEmpty();
    Files.write(file, new byte[0]);
    assertThat(Dirstate.parents(file)).isEmpty();
    Files.write(file, ByteString.fromHex(A + "0".repeat(40) + "6e00").toByteArray());
    assertThat(Dirstate.parents(file)).containsExactly(NODE_A);
    Files.write(file, ByteString.fromHex(A + B).toByteArray());
    assertThat(Dirstate.parents(file)).containsExactly(NODE_A, NODE_B);
  }

  @Test
  void docketHasItsParentsAfterTheMarker() throws IOException {
    Path file = temporary.resolve("dirstate");
    String marker = ByteString.utf8("dirstate-v2\n").hex();
    String zeros = "0".repeat(24);
    Files.write(
        file, ByteString.fromHex(marker + A + zeros + B + zeros + "0".repeat(80)).toByteArray());

    assertThat(Dirstate.parents(file)).containsExactly(NODE_A, NODE_B);
  }

  @Test
  void settingsAreTwoOfThoseOfTheFile() throws IOException {
    Path first =
        file(
            """
            # comment
            [web]
            hidden = yes
            [hooks]
            changegroup = rm -rf /
            [phases]
            publish = False
            %include /etc/passwd
            """);
    Path second =
        Files.writeString(
            temporary.resolve("second"), "[phases]\npublish=on\n[server]\npullbundle=1\n");

    assertThat(RepositorySettings.read(List.of(missing())))
        .isEqualTo(new RepositorySettings(true, false, false));
    assertThat(RepositorySettings.read(List.of(first)))
        .isEqualTo(new RepositorySettings(false, true, false));
    assertThat(RepositorySettings.read(List.of(first, second)))
        .isEqualTo(new RepositorySettings(true, true, true));
  }

  @Test
  void settingThatIsNoBooleanIsNamed() throws IOException {
    Path file = file("[phases]\npublish = perhaps\n");

    assertThatThrownBy(() -> RepositorySettings.read(List.of(file)))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(file.toString(), "phases.publish", "perhaps");
  }

  @Test
  void identityChangesWithTheFile() throws IOException {
    assertThat(FileIdentity.of(missing())).isEqualTo(FileIdentity.ABSENT);
    Path file = file("x");
    FileIdentity before = FileIdentity.of(file);
    assertThat(FileIdentity.of(file)).isEqualTo(before);
    assertThat(before.exists()).isTrue();

    file("xy");
    assertThat(FileIdentity.of(file)).isNotEqualTo(before);
    Path other = Files.writeString(temporary.resolve("other"), "x");
    assertThat(FileIdentity.of(other)).isNotEqualTo(before);
  }
}
