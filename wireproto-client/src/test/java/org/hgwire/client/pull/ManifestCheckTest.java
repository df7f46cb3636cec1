// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionDelta;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ManifestCheckTest {
  private static final Node BASE = new Node(1, 1, 1);
  private static final Node OTHER = new Node(3, 3, 3);
  private static final RevisionKey KEY = RevisionKey.manifest(new Node(2, 2, 2));

  /** A sink with any changeset, which names the manifest of its own node, and nothing else. */
  private static final class NoManifests implements PullSink {
    @Override
    public Collection<Node> heads() {
      return List.of();
    }

    @Override
    public List<Node> parents(Node changeset) {
      return List.of();
    }

    @Override
    public Iterable<Node> incomplete() {
      return List.of();
    }

    @Override
    public boolean has(RevisionKey key) {
      return key.kind() == RevisionKind.CHANGESET;
    }

    @Override
    public @Nullable RevisionText open(RevisionKey key) {
      return has(key)
          ? new MemoryText((key.node().hex() + "\n").getBytes(StandardCharsets.US_ASCII))
          : null;
    }

    @Override
    public void accept(PulledRevision revision) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void changesetsCompleted(List<Node> changesets) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stateReceived(RepositoryState state) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable RepositoryState state() {
      return null;
    }

    @Override
    public void close() {}
  }

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

  /** Returns a batch of three changesets, whose nodes are those of their manifests. */
  private static BatchManifests batch() throws IOException {
    return new BatchManifests(new NoManifests(), List.of(BASE, OTHER, KEY.node()));
  }

  private static boolean accepts(ManifestCheck check, RevisionText text) throws IOException {
    return accepts(check, new ResolvedText(text));
  }

  private static boolean accepts(ManifestCheck check, ResolvedText text) throws IOException {
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
      ManifestCheck check = new ManifestCheck(batch());
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(round < 5 ? 3_000 : 60); i++) {
        lines.add(line(String.format(Locale.ROOT, "dir%04d/file", i), random.nextInt()));
      }
      for (int step = 0; step < 20; step++) {
        List<String> next = change(lines, random);
        boolean valid = isValid(next);
        refused += valid ? 0 : 1;
        assertThat(accepts(check, new MemoryText(bytes(next)))).as("%s", next).isEqualTo(valid);
        assertThat(
                accepts(
                    new ManifestCheck(batch()), new Pieces(ByteString.copyOf(bytes(next)), random)))
            .as("%s", next)
            .isEqualTo(valid);
        lines = valid ? next : lines;
      }
    }
    assertThat(refused).isBetween(500, 3_500);
  }

  @Test
  void emptyManifestAndLongLinesAreAccepted() throws IOException {
    ManifestCheck check = new ManifestCheck(batch());
    assertThat(accepts(check, new MemoryText(new byte[0]))).isTrue();
    byte[] path = bytes(List.of(line("a".repeat(200_000), 1), line("b", 2)));
    assertThat(accepts(check, new Pieces(ByteString.copyOf(path), new Random(1)))).isTrue();
    assertThat(accepts(check, new MemoryText(path))).isTrue();
    byte[] endless = "a".repeat(3_000_000).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(accepts(check, new Pieces(ByteString.copyOf(endless), new Random(1)))).isFalse();
  }

  @Test
  void batchGetsToKnowWhatTheBaseDoesNotName() throws IOException {
    Random random = new Random(28);
    int named = 0;
    for (int round = 0; round < 400; round++) {
      List<String> base = List.of(line(path(random), 3), line("z", 4), line("zz/" + round, 5));
      List<String> other = List.of(line(path(random), 6), line("z", 8));
      List<String> next = change(base, random);
      if (!isValid(next)) {
        continue;
      }
      BatchManifests batch = batch();
      ManifestCheck check = new ManifestCheck(batch);
      MemoryText baseText = new MemoryText(bytes(base));
      check.require(RevisionKey.manifest(BASE), new ResolvedText(baseText));
      check.require(RevisionKey.manifest(OTHER), new ResolvedText(new MemoryText(bytes(other))));
      RevisionDelta delta = new RevisionDelta(BASE, ByteBuffer.allocate(0));
      check.require(KEY, new ResolvedText(new MemoryText(bytes(next)), delta, baseText));

      Set<String> expected = new TreeSet<>(next);
      base.forEach(expected::remove);
      Set<String> found = new TreeSet<>();
      PullLimits limits = PullLimits.of(WireLimits.defaults(), () -> 0);
      batch
          .files(new AddedFiles(new NoManifests(), limits.comparisons()))
          .visit(
              (file, manifest) -> {
                if (manifest == batch.number(KEY.node())) {
                  found.add(file.path() + "\0" + file.node().hex());
                }
              });
      named += found.size();
      assertThat(found)
          .as("%s after %s", next, base)
          .isEqualTo(
              expected.stream()
                  .map(line -> line.substring(0, line.indexOf('\0') + 41))
                  .collect(Collectors.toSet()));
    }
    assertThat(named).isGreaterThan(100);
  }
}
