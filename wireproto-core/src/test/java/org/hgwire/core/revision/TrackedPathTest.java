// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;

import org.hgwire.core.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrackedPathTest {
  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "/etc/passwd, is absolute",
    "/, is absolute",
    "a//b, has an empty part",
    "a/, has an empty part",
    "., has the part .",
    "a/./b, has the part .",
    ".., leads out",
    "../a, leads out",
    "a/../../b, leads out",
    "a/.., leads out",
    ".hg, .hg",
    ".hg/hgrc, .hg",
    ".HG/hgrc, .hg",
    "sub/.Hg/hgrc, .hg",
    "'.hg./hgrc', .hg",
    "'.hg . /hgrc', .hg",
    ".hg::$INDEX_ALLOCATION/hgrc, .hg",
    "hg~1/hgrc, .hg",
    "HG8B6C~12/hgrc, .hg",
    ".h\u200cg/hgrc, .hg",
    "\ufeff.hg/hgrc, .hg",
  })
  void pathsThatLeaveTheirPlaceAreRefused(String path, String fault) {
    assertThat(TrackedPath.fault(ByteString.utf8(path))).contains(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "dir/file",
        ".hgtags",
        ".hgignore",
        ".hgsub",
        ".hgx/a",
        "x.hg/a",
        "hg",
        "hg/a",
        "hg~",
        "hg~1x",
        "hga~1",
        "...",
        "..a",
        "a..b/c",
        ".a",
        "back\\slash",
        "..\\up",
        "c:drive",
        "con",
        "nul.txt",
        "ends with dot.",
        " ",
        "\u00e4\u200c",
      })
  void oddPathsAreAllowed(String path) {
    assertThat(TrackedPath.fault(ByteString.utf8(path))).isNull();
  }
}
