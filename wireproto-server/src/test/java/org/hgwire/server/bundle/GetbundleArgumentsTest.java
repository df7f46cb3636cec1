// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GetbundleArgumentsTest {
  /** What hg 7.2 sends, without the parts that do not matter here. */
  private static final String CAPABILITIES =
      "HG20,bundle2=HG20%0Abookmarks%0Achangegroup%3D01%2C02%2C03%0Adigests%3Dmd5%2Csha1%2Csha512"
          + "%0Alistkeys%0Aphases%3Dheads%0Apushkey%0Aremote-changegroup%3Dhttp%2Chttps";

  private static BundleRequest read(String... namesAndValues) {
    Map<String, ByteString> arguments = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put(namesAndValues[i], ByteString.utf8(namesAndValues[i + 1]));
    }
    return GetbundleArguments.read(arguments);
  }

  @Test
  void requestOfRealClientIsRead() {
    Node one = Node.fromHex("1".repeat(40));
    Node two = Node.fromHex("2".repeat(40));
    assertThat(
            read(
                "bookmarks", "1",
                "bundlecaps", CAPABILITIES,
                "cbattempted", "1",
                "cg", "1",
                "common", "0".repeat(40),
                "heads", one.hex() + " " + two.hex(),
                "listkeys", "bookmarks,phases",
                "phases", "1"))
        .isEqualTo(
            new BundleRequest(
                List.of(one, two),
                List.of(Node.NULL),
                new BundleFormat.Hg20(ChangegroupVersion.V03, BundleCompression.NONE),
                new BundleParts(
                    true,
                    true,
                    List.of(ByteString.utf8("bookmarks"), ByteString.utf8("phases")),
                    Set.of(),
                    true)));
  }

  @Test
  void namespaceThatNoBundleCanNameIsRefused() {
    String longest = "n".repeat(255);
    assertThat(read("bundlecaps", "HG20", "listkeys", "phases," + longest).parts().namespaces())
        .containsExactlyInAnyOrder(ByteString.utf8("phases"), ByteString.utf8(longest));
    assertThatThrownBy(() -> read("bundlecaps", "HG20", "listkeys", longest + "n"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("a namespace of 256 bytes");
  }

  @Test
  void withoutArgumentsIsChangegroupOfEverything() {
    assertThat(read()).isEqualTo(BundleRequest.everything(new BundleFormat.Bare()));
  }

  @ParameterizedTest
  @CsvSource({"01, V01", "'01,02', V02", "'01,02,03', V03", "'02,04', V02", "'05,03,x', V03"})
  void newestVersionThatBothKnowIsSent(String accepted, ChangegroupVersion version) {
    String quoted = accepted.replace(",", "%2C");
    assertThat(read("bundlecaps", "HG20,bundle2=HG20%0Achangegroup%3D" + quoted).format())
        .isEqualTo(new BundleFormat.Hg20(version, BundleCompression.NONE));
  }

  @Test
  void versionIsFirstIfClientNamesNone() {
    assertThat(read("bundlecaps", "HG20").format().changegroup()).isEqualTo(ChangegroupVersion.V01);
    assertThat(read("bundlecaps", "HG20").format().hasParts()).isTrue();
  }

  @Test
  void versionDoesNotMatterWithoutChangegroup() {
    BundleRequest request = read("bundlecaps", "HG20,bundle2=HG20%0Achangegroup%3D09", "cg", "0");

    assertThat(request.parts().changegroup()).isFalse();
  }

  @Test
  void clientThatAcceptsNoVersionIsToldSo() {
    assertThatThrownBy(() -> read("bundlecaps", "HG20,bundle2=changegroup%3D04"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("accepts no changegroup 01, 02 or 03");
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "x, true", "'', false"})
  void flagsAreReadAsMercurialDoes(String value, boolean set) {
    assertThat(read("bundlecaps", CAPABILITIES, "cg", value).parts().changegroup()).isEqualTo(set);
    assertThat(read("bundlecaps", CAPABILITIES, "phases", value).parts().phases()).isEqualTo(set);
  }

  @Test
  void partsThatClientCannotReadAreRefused() {
    assertThatThrownBy(() -> read("bundlecaps", "HG20", "bookmarks", "1"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("\"bookmarks\"");
    assertThatThrownBy(() -> read("bundlecaps", "HG20", "phases", "1"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("\"phases=heads\"");
    assertThatThrownBy(() -> read("listkeys", "bookmarks"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("HG20 in bundlecaps");
  }

  @Test
  void malformedArgumentIsNamed() {
    assertThatThrownBy(() -> read("heads", "1234"))
        .isInstanceOf(CommandException.class)
        .hasMessage("the argument \"heads\" has \"1234\", which is not a node");
    assertThatThrownBy(() -> read("bundlecaps", "HG20,bundle2=%zz"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("invalid URL quoting");
  }
}
