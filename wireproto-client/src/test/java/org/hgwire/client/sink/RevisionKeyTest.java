// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RevisionKeyTest {
  private static final Node NODE = new Node(1, 2, 3);

  @Test
  void orderIsThatOfKindPathAndNode() {
    List<RevisionKey> keys =
        List.of(
            RevisionKey.changeset(NODE),
            RevisionKey.manifest(NODE),
            RevisionKey.file(ByteString.utf8("a"), NODE),
            RevisionKey.file(ByteString.utf8("b"), Node.NULL),
            RevisionKey.file(ByteString.utf8("b"), NODE));
    List<RevisionKey> shuffled = new ArrayList<>(keys);
    Collections.reverse(shuffled);
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(keys);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void keysWithTheSameHashCodeAreFoundQuickly() {
    Set<RevisionKey> keys = new HashSet<>();
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int bit = 0; bit < 17; bit++) {
        path.append((i >> bit & 1) == 0 ? "bA" : "a`");
      }
      RevisionKey key = RevisionKey.file(ByteString.utf8(path.toString()), NODE);
      hashes.add(key.hashCode());
      assertThat(keys.add(key)).isTrue();
      assertThat(keys.contains(key)).isTrue();
    }
    assertThat(hashes).hasSize(1);
  }
}
