// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;

/**
 * The reader of revlogs against the plain loop: all chunks of a repository, and all its texts.
 * Rounds alternate between them.
 */
final class StoredChunks {
  private static final String PLAIN = "plain loop: inflate";
  private static final String PLAIN_ZSTD = "plain loop: inflate, zstd -3";
  private static final String OPEN = "revlogs: open, find each node";
  private static final String CHUNKS = "revlogs: every chunk";
  private static final String TEXTS = "revlogs: every text";
  private static final int WARM_UP = 10;

  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();
  private final List<Path> indexes;

  private StoredChunks(List<Path> indexes) {
    this.indexes = indexes;
  }

  static void run(Path repository, int rounds) throws IOException {
    StoredChunks chunks = new StoredChunks(PlainLoop.indexes(repository));
    for (int round = -WARM_UP; round < rounds; round++) {
      boolean counts = round >= 0;
      chunks.measure(counts, PLAIN, () -> PlainLoop.inflate(chunks.indexes));
      chunks.measure(counts, PLAIN_ZSTD, () -> PlainLoop.run(repository).length());
      chunks.measure(counts, OPEN, chunks::findNodes);
      chunks.measure(counts, CHUNKS, chunks::readChunks);
      if (counts) {
        chunks.measure(true, TEXTS, chunks::readTexts);
      }
    }
    chunks.print();
  }

  private interface Work {
    long run() throws IOException;
  }

  private void measure(boolean counts, String name, Work work) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long processor = system.getProcessCpuTime();
    long begin = System.nanoTime();
    long bytes = work.run();
    Cost cost =
        new Cost((System.nanoTime() - begin) / 1e9, (system.getProcessCpuTime() - processor) / 1e9);
    if (counts) {
      costs.computeIfAbsent(name, key -> new ArrayList<>()).add(cost);
    }
    System.err.printf("%-32s %,16d processor %6.3f s%n", name, bytes, cost.processorSeconds());
  }

  private long findNodes() throws IOException {
    long found = 0;
    for (Path index : indexes) {
      try (Revlog revlog = Revlog.open(index, RevlogLimits.defaults())) {
        for (int r = 0; r < revlog.count(); r++) {
          found += revlog.find(revlog.node(r)) == r ? 1 : 0;
        }
      }
    }
    return found;
  }

  private long readChunks() throws IOException {
    long bytes = 0;
    for (Path index : indexes) {
      try (Revlog revlog = Revlog.open(index, RevlogLimits.defaults())) {
        for (int r = 0; r < revlog.count(); r++) {
          bytes += revlog.chunk(r).remaining();
        }
      }
    }
    return bytes;
  }

  private long readTexts() throws IOException {
    long bytes = 0;
    for (Path index : indexes) {
      try (Revlog revlog = Revlog.open(index, RevlogLimits.defaults())) {
        for (int r = 0; r < revlog.count(); r++) {
          try (InputStream text = revlog.open(r)) {
            bytes += text.transferTo(OutputStream.nullOutputStream());
          }
        }
      }
    }
    return bytes;
  }

  private void print() {
    Cost plain = Cost.median(Objects.requireNonNull(costs.get(PLAIN)));
    costs.forEach(
        (name, each) -> {
          Cost median = Cost.median(each);
          System.out.printf(
              "%-32s %7.3f s, processor %7.3f s, %6.2f x the plain inflate%n",
              name,
              median.seconds(),
              median.processorSeconds(),
              median.processorSeconds() / plain.processorSeconds());
        });
  }
}
