// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;

final class FileRevisionListTest {
  private final FileRevisionList list = new FileRevisionList();

  private static ByteString path(int number) {
    return ByteString.utf8("file " + number);
  }

  private static Node node(int number) {
    return new Node(number, 0, number);
  }

  @Test
  void positionIsThatOfPathAndNode() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(list.add(path(i % 100), node(i / 100))).isEqualTo(i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(list.find(path(i % 100), node(i / 100))).isEqualTo(i);
      assertThat(list.add(path(i % 100), node(i / 100))).isEqualTo(i);
    }
    assertThat(list.count()).isEqualTo(10_000);
    assertThat(list.find(path(0), node(100))).isEqualTo(-1);
    assertThat(list.find(path(100), node(0))).isEqualTo(-1);
  }

  @Test
  void emptyPathAndNullNodeAreFoundToo() {
    assertThat(list.find(ByteString.empty(), Node.NULL)).isEqualTo(-1);
    assertThat(list.add(ByteString.empty(), Node.NULL)).isZero();
    assertThat(list.find(ByteString.empty(), Node.NULL)).isZero();
  }
}
