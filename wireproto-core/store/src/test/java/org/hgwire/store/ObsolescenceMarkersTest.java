// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of obsolescence markers, most of them as hg 5.6.1 wrote them. */
final class ObsolescenceMarkersTest {
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);
  private static final String C = "c".repeat(40);
  private static final String D = "d".repeat(40);
  private static final String E = "e".repeat(40);
  private static final String F = "f".repeat(40);

  private static final String METADATA_0 = "646174653a31203000757365723a6d65";
  private static final List<String> VERSION_0 =
      List.of(
          "010000001000" + A + B + METADATA_0,
          "020000001000" + C + D + E + METADATA_0,
          "000000001001" + F + METADATA_0);

  private static final String METADATA_1 = "0402757365726d65";
  private static final List<String> VERSION_1 =
      List.of(
          "000000433ff000000000000000000000010301" + A + B + METADATA_1,
          "000000574000000000000000ffc40000020301" + C + D + E + METADATA_1,
          "0000002f400800000000000000000001000301" + F + METADATA_1);

  @TempDir Path temporary;

  private Path file(String hex) throws IOException {
    return Files.write(temporary.resolve("obsstore"), ByteString.fromHex(hex).toByteArray());
  }

  private static List<String> read(Path file) throws IOException {
    List<String> found = new ArrayList<>();
    try (ObsolescenceMarkers markers = ObsolescenceMarkers.open(file)) {
      while (markers.next()) {
        StringBuilder line = new StringBuilder().append(markers.predecessor().hex().charAt(0));
        for (int i = 0; i < markers.successorCount(); i++) {
          line.append('>').append(markers.successor(i).hex().charAt(0));
        }
        for (int i = 0; i < markers.parentCount(); i++) {
          line.append('^').append(markers.parent(i).hex().charAt(0));
        }
        found.add(line.toString());
      }
    }
    return found;
  }

  private static List<String> stored(Path file) throws IOException {
    List<String> found = new ArrayList<>();
    try (ObsolescenceMarkers markers = ObsolescenceMarkers.open(file)) {
      while (markers.next()) {
        found.add(markers.stored().hex());
      }
    }
    return found;
  }

  @Test
  void markersOfBothVersionsAreRead() throws IOException {
    assertThat(read(file("00" + String.join("", VERSION_0)))).containsExactly("a>b", "c>d>e", "f");
    assertThat(stored(file("00" + String.join("", VERSION_0)))).isEqualTo(VERSION_0);
    assertThat(read(file("01" + String.join("", VERSION_1)))).containsExactly("a>b", "c>d>e", "f");
    assertThat(stored(file("01" + String.join("", VERSION_1)))).isEqualTo(VERSION_1);
  }

  @Test
  void parentsOfPrunedChangesetsAreRead() throws IOException {
    assertThat(read(file("01" + "0000003b400800000000000000000000000100" + A + B)))
        .containsExactly("a^b");
    assertThat(read(file("01" + "0000004f400800000000000000000000000200" + A + B + C)))
        .containsExactly("a^b^c");
  }

  @Test
  void nodesOf32BytesAreSkipped() throws IOException {
    String wide = "0".repeat(24);
    assertThat(
            read(
                file(
                    "01"
                        + ("00000053400800000000000000000002010300" + A + wide + B + wide)
                        + VERSION_1.get(2))))
        .containsExactly("f");
  }

  @Test
  void noFileAndAnEmptyOneHaveNone() throws IOException {
    assertThat(read(temporary.resolve("missing"))).isEmpty();
    assertThat(read(file(""))).isEmpty();
    assertThat(read(file("01"))).isEmpty();
  }

  @Test
  void fileThatIsCutAnywhereIsDamaged() throws IOException {
    for (List<String> markers : List.of(VERSION_0, VERSION_1)) {
      String version = markers == VERSION_0 ? "00" : "01";
      byte[] whole = ByteString.fromHex(version + markers.get(0)).toByteArray();
      for (int length = 2; length < whole.length; length++) {
        Path cut = Files.write(temporary.resolve("obsstore"), Arrays.copyOfRange(whole, 0, length));
        assertThatThrownBy(() -> read(cut))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(cut.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01" + "ffffffff3ff000000000000000000000010301",
        "01" + "000000003ff000000000000000000000010301",
        "01" + "000000263ff000000000000000000000000300",
        "00" + "ff7fffffff00",
        "00" + "00ffffffff00",
      })
  void lengthsThatCannotBeAreDamage(String head) throws IOException {
    Path file = file(head + A + B + C);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("length");
  }

  @Test
  void otherVersionsAreRefused() throws IOException {
    Path file = file("02");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(file.toString(), "version 2");
  }
}
