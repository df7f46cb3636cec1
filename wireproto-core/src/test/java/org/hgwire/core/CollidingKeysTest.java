// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.revision.Delta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer sends to make hash tables slow: 100,000 keys with the same hash code. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class CollidingKeysTest {
  private static final int COUNT = 100_000;

  /** Returns byte strings whose hash codes are equal: of their pairs of bytes, 31 a + b is. */
  private static List<ByteString> keys(String before, String after) {
    List<ByteString> keys = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      StringBuilder key = new StringBuilder(before);
      for (int bit = 0; bit < 17; bit++) {
        key.append((i >> bit & 1) == 0 ? "bA" : "a`");
      }
      keys.add(ByteString.utf8(key.append(after).toString()));
    }
    return keys;
  }

  @Test
  void keysCollide() {
    assertThat(keys("", "").stream().mapToInt(ByteString::hashCode).distinct()).hasSize(1);
    assertThat(keys("", "").stream().distinct()).hasSize(COUNT);
  }

  @Test
  void setsAndMapsOfByteStringsAndNodes() {
    List<ByteString> keys = keys("", "");
    Map<ByteString, Integer> map = new HashMap<>();
    keys.forEach(key -> map.put(key, 1));
    assertThat(ComparableKeys.mapOf(map)).hasSize(COUNT);
    assertThat(ComparableKeys.setOf(keys).containsAll(map.keySet())).isTrue();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      nodes.add(new Node(1, i, 0));
    }
    assertThat(ComparableKeys.setOf(nodes).containsAll(nodes)).isTrue();
  }

  @Test
  void mapsAndSetsOfCbor() {
    List<CborValue> members = new ArrayList<>();
    CborMap.Builder map = CborMap.builder();
    for (ByteString key : keys("", "")) {
      members.add(new CborBytes(key));
      map.put(new CborBytes(key), new CborBytes(key));
    }
    assertThat(map.build().get(members.get(7))).isEqualTo(members.get(7));
    List<CborValue> twice = new ArrayList<>(members);
    Collections.reverse(twice);
    twice.addAll(members);
    assertThat(CborSet.ofRepeated(twice)).isEqualTo(CborSet.of(members));
  }

  @Test
  void rulesOfPathFilter() {
    List<ByteString> rules = keys("path:", "");
    PathFilter filter = PathFilter.of(rules, keys("rootfilesin:x", ""));
    for (ByteString path : keys("", "/file")) {
      assertThat(filter.matches(path)).isTrue();
    }
  }

  @Test
  void linesOfDelta() {
    List<ByteString> lines = keys("", "\n");
    byte[] base = joined(lines);
    Collections.rotate(lines, COUNT / 2);
    lines.add(COUNT / 3, ByteString.utf8("another\n"));
    byte[] text = joined(lines);
    ByteString delta = Delta.between(ByteString.copyOf(base), ByteString.copyOf(text));
    assertThat(delta.length()).isLessThan(text.length * 3 / 4);
    assertThat(
            ByteString.copyOf(
                Delta.apply(ByteBuffer.wrap(base), delta.asByteBuffer(), Integer.MAX_VALUE)))
        .isEqualTo(ByteString.copyOf(text));
  }

  private static byte[] joined(List<ByteString> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    lines.forEach(line -> all.writeBytes(line.toByteArray()));
    return all.toByteArray();
  }
}
