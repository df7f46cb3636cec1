// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a sink that keeps files does about damaged ones: a flipped bit anywhere in its files is
 * noticed with an {@link IOException}, mended by the next pull, or harmless. For each sink a
 * subclass.
 */
@Timeout(120)
abstract class DamagedSinkContract {
  private static final int FLIPS = 200;

  @TempDir Path directory;
  private ServedHistory history;
  private Peer peer;

  /** What became of a flipped bit. */
  enum Outcome {
    NOTICED,
    MENDED_OR_HARMLESS,
    UNNOTICED
  }

  /** Opens the sink in a directory. */
  abstract PullSink open(Path into) throws IOException;

  /**
   * Returns how many flips of a thousand may go unnoticed: none, unless a subclass knows better.
   */
  int maxUnnoticedOfThousand() {
    return 0;
  }

  @BeforeEach
  void serve() throws IOException {
    history = new ServedHistory(ServedHistory.shortRepository());
    peer = Peer.connect(history.url(), PeerOptions.defaults());
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    history.close();
  }

  @Test
  void flippedBitIsNoticedMendedOrHarmless() throws IOException {
    Path sound = Files.createDirectory(directory.resolve("sound"));
    Set<RevisionKey> keys;
    SinkContents expected;
    try (SinkContents.Recording sink = new SinkContents.Recording(open(sound))) {
      Pull.run(peer, sink);
      keys = sink.keys;
      expected = SinkContents.read(sink, keys);
    }
    Random random = new Random(8);
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (int flip = 0; flip < FLIPS; flip++) {
      Path damaged = directory.resolve("damaged" + flip);
      copyFlipped(sound, damaged, random);
      outcomes.merge(outcome(damaged, keys, expected), 1, Integer::sum);
    }
    assertThat(outcomes.getOrDefault(Outcome.UNNOTICED, 0) * 1000 / FLIPS)
        .as("%s", outcomes)
        .isLessThanOrEqualTo(maxUnnoticedOfThousand());
  }

  /** Other exceptions than {@link IOException} are not caught: they are faults. */
  private Outcome outcome(Path damaged, Set<RevisionKey> keys, SinkContents expected) {
    try (PullSink sink = open(damaged)) {
      SinkContents.read(sink, keys);
      Pull.run(peer, sink);
      return SinkContents.read(sink, keys).equals(expected)
          ? Outcome.MENDED_OR_HARMLESS
          : Outcome.UNNOTICED;
    } catch (IOException noticed) {
      return Outcome.NOTICED;
    }
  }

  private static void copyFlipped(Path from, Path to, Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(from)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    List<byte[]> contents = new ArrayList<>();
    int total = 0;
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
      total += contents.get(contents.size() - 1).length;
    }
    int flip = random.nextInt(total);
    for (int i = 0; i < files.size(); i++) {
      byte[] content = contents.get(i);
      if (flip >= 0 && flip < content.length) {
        content[flip] ^= (byte) (1 << random.nextInt(8));
      }
      flip -= content.length;
      Path copy = to.resolve(from.relativize(files.get(i)).toString());
      Files.createDirectories(copy.getParent());
      Files.write(copy, content);
    }
  }
}
