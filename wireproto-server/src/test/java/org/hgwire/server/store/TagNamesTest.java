// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;

/** How the tags of several heads are put together. */
final class TagNamesTest {
  private static String tags(String... heads) {
    TagNames names = new TagNames();
    for (String head : heads) {
      StringBuilder text = new StringBuilder();
      for (String entry : head.split(" ", -1)) {
        text.append(entry.substring(0, 1).repeat(40)).append(" t").append('\n');
      }
      names.add(ByteString.utf8(text.toString()));
    }
    Map<String, String> found = new TreeMap<>();
    names.tags().forEach((name, node) -> found.put(name.utf8(), node.hex().substring(0, 1)));
    return found.getOrDefault("t", "none");
  }

  @Test
  void newestEntryOfAHeadCounts() {
    assertThat(tags("a b")).isEqualTo("b");
    assertThat(tags("a 0")).isEqualTo("none");
    assertThat(tags("a 0 b")).isEqualTo("b");
  }

  @Test
  void newestHeadCountsAmongEqualOnes() {
    assertThat(tags("a", "b")).isEqualTo("b");
    assertThat(tags("a b", "a c")).isEqualTo("c");
  }

  @Test
  void entryThatReplacedTheOtherCounts() {
    assertThat(tags("a b", "a")).isEqualTo("b");
    assertThat(tags("a", "a b")).isEqualTo("b");
    assertThat(tags("a 0", "a")).isEqualTo("none");
  }

  @Test
  void entryThatReplacedMoreCountsIfEachReplacedTheOther() {
    assertThat(tags("b a a b", "b a")).isEqualTo("b");
    assertThat(tags("a b", "b b a")).isEqualTo("a");
  }

  @Test
  void linesThatAreNoTagsAreSkipped() {
    TagNames names = new TagNames();
    names.add(ByteString.utf8("nonsense\n\n" + "a".repeat(40) + "\n" + "z".repeat(40) + " t\n"));
    assertThat(names.tags()).isEmpty();
  }
}
