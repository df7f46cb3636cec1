// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static final String HEX = "fd95e6db3a2e205793f2b9d5e7b7a6cac9876630";

  @Test
  void readsAndWritesHexadecimal() {
    Node node = Node.fromHex(HEX);
    assertThat(node.hex()).isEqualTo(HEX);
    assertThat(node).hasToString(HEX);
    assertThat(node.toByteString()).isEqualTo(ByteString.fromHex(HEX));
    assertThat(node.isNull()).isFalse();
    assertThat(Node.fromHex("0".repeat(40)).isNull()).isTrue();
  }

  @Test
  void hasTwentyBytes() {
    for (int length : new int[] {0, 19, 21}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Node.of(ByteString.copyOf(new byte[length])))
          .withMessageContaining("not " + length);
    }
  }

  @Property
  void keepsEveryByteAndTheirOrder(
      @ForAll @Size(20) byte[] first, @ForAll @Size(20) byte[] second) {
    Node one = Node.of(ByteString.copyOf(first));
    Node two = Node.read(ByteBuffer.wrap(second));
    assertThat(one.toByteArray()).isEqualTo(first);
    assertThat(Integer.signum(one.compareTo(two)))
        .isEqualTo(Integer.signum(ByteString.copyOf(first).compareTo(ByteString.copyOf(second))));
    assertThat(one.equals(two)).isEqualTo(java.util.Arrays.equals(first, second));
  }

  @Test
  void ordersByTheLastBytesToo() {
    assertThat(Node.fromHex("0".repeat(39) + "1")).isGreaterThan(Node.NULL);
    assertThat(new Node(0, 0, -1)).isGreaterThan(new Node(0, 0, 1));
    assertThat(new Node(0, -1, 0)).isGreaterThan(new Node(0, 1, 0));
    assertThat(new Node(-1, 0, 0)).isGreaterThan(new Node(1, 0, 0));
  }
}
