// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;

final class ManifestCheckTest {
  private static final RevisionKey KEY = RevisionKey.manifest(Node.NULL);

  /** A text that is not in memory, and comes in pieces of odd sizes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pieces(ByteString content, Random random) implements RevisionText {
    @Override
    public long length() {
      return content.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content.toByteArray()) {
        @Override
        public synchronized int read(byte[] target, int offset, int count) {
          return super.read(target, offset, Math.min(count, 1 + random.nextInt(5_000)));
        }
      };
    }
  }

  private static String line(String path, int node) {
    return path
        + "\0"
        + String.format(Locale.ROOT, "%040x", node)
        + (node % 7 == 0 ? "x" : "")
        + "\n";
  }

  private static boolean accepts(ManifestCheck check, RevisionText text) throws IOException {
    try {
      check.require(KEY, text);
      return true;
    } catch (RefusedHistoryException e) {
      return false;
    }
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Changes a manifest at random: often into one that is not valid. */
  private static List<String> change(List<String> before, Random random) {
    List<String> lines = new ArrayList<>(before);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(7)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.set(at, line(lines.get(at).split("\0", -1)[0], random.nextInt()));
        case 2 -> lines.add(at, line(path(random), random.nextInt()));
        case 3 -> lines.add(at, lines.get(at));
        case 4 -> lines.set(at, lines.get(at).substring(random.nextInt(20)));
        case 5 -> lines.add(at, line(".hg/" + at, 1));
        default -> {
          lines.add(line(path(random), random.nextInt()));
          lines.sort(Comparator.comparing(text -> text.split("\0", -1)[0]));
        }
      }
      if (lines.isEmpty()) {
        return before;
      }
    }
    return lines;
  }

  private static String path(Random random) {
    return "dir" + random.nextInt(30) + "/file" + random.nextInt(1_000);
  }

  /** Says what is valid in the plainest way. */
  private static boolean isValid(List<String> lines) {
    String last = "";
    String text = String.join("", lines);
    int from = 0;
    while (from < text.length()) {
      int feed = text.indexOf('\n', from);
      int end = feed < 0 ? text.length() : feed + 1;
      String line = text.substring(from, end);
      String path = pathOf(line);
      if (!line.matches("[^\0\n]+\0[0-9a-f]{40}x?\n")
          || path.compareTo(last) <= 0
          || path.startsWith(".hg/")
          || path.startsWith("/")) {
        return false;
      }
      last = path;
      from = end;
    }
    return true;
  }

  private static String pathOf(String line) {
    int end = line.indexOf('\0');
    return end < 0 ? line : line.substring(0, end);
  }

  @Test
  void memoryAndStreamAgreeWithThePlainRule() throws IOException {
    Random random = new Random(27);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      ManifestCheck check = new ManifestCheck();
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(round < 5 ? 3_000 : 60); i++) {
        lines.add(line(String.format(Locale.ROOT, "dir%04d/file", i), random.nextInt()));
      }
      for (int step = 0; step < 20; step++) {
        List<String> next = change(lines, random);
        boolean valid = isValid(next);
        refused += valid ? 0 : 1;
        assertThat(accepts(check, new MemoryText(bytes(next)))).as("%s", next).isEqualTo(valid);
        assertThat(accepts(new ManifestCheck(), new Pieces(ByteString.copyOf(bytes(next)), random)))
            .as("%s", next)
            .isEqualTo(valid);
        lines = valid ? next : lines;
      }
    }
    assertThat(refused).isBetween(500, 3_500);
  }

  @Test
  void emptyManifestAndLongLinesAreAccepted() throws IOException {
    ManifestCheck check = new ManifestCheck();
    assertThat(accepts(check, new MemoryText(new byte[0]))).isTrue();
    byte[] path = bytes(List.of(line("a".repeat(200_000), 1), line("b", 2)));
    assertThat(accepts(check, new Pieces(ByteString.copyOf(path), new Random(1)))).isTrue();
    assertThat(accepts(check, new MemoryText(path))).isTrue();
    byte[] endless = "a".repeat(3_000_000).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(accepts(check, new Pieces(ByteString.copyOf(endless), new Random(1)))).isFalse();
  }
}
