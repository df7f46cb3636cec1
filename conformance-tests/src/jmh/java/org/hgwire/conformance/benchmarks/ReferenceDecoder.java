// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;

/** Decodes the same CBOR with Mercurial's decoder, in its own Python, and with this project. */
final class ReferenceDecoder {
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final String SCRIPT =
      """
      import sys, time
      from mercurial.utils import cborutil
      data = open(sys.argv[1], 'rb').read()
      for i in range(int(sys.argv[2])):
          wall, cpu = time.perf_counter(), time.process_time()
          cborutil.decodeall(data)
          print(time.perf_counter() - wall, time.process_time() - cpu)
      """;

  private ReferenceDecoder() {}

  /** Returns what decoding {@code response} costs Mercurial, after a warm-up round. */
  static List<Cost> reference(Hg hg, Path directory, byte[] response) throws IOException {
    String[] paths =
        hg.run(directory, "debuginstall", "-T", "{pythonexe}\n{hgmodules}\n").split("\n", -1);
    Path python = Path.of(paths[0]);
    Path file = Files.createTempFile(directory, "response", ".cbor");
    Files.write(file, response);
    ProcessBuilder builder =
        new ProcessBuilder(
                python.toString(), "-c", SCRIPT, file.toString(), String.valueOf(ROUNDS + 1))
            .redirectErrorStream(true);
    Hg.cleanEnvironment(builder);
    builder.environment().putAll(environment(python, Path.of(paths[1])));
    Process process = builder.start();
    try {
      List<Cost> costs = new ArrayList<>();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      for (String line : output.lines().toList()) {
        String[] figures = line.split(" ", -1);
        if (figures.length != 2) {
          throw new IOException("Mercurial's decoder failed:\n" + output);
        }
        costs.add(new Cost(Double.parseDouble(figures[0]), Double.parseDouble(figures[1])));
      }
      return costs.subList(1, costs.size());
    } finally {
      Hg.kill(process);
    }
  }

  /** Returns the environment in which an unpacked Python finds its libraries and Mercurial's. */
  private static Map<String, String> environment(Path python, Path modules) throws IOException {
    Path home = Objects.requireNonNull(python.resolve("../..").normalize());
    Path path = Objects.requireNonNull(modules.getParent());
    try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
      return Map.of(
          "PYTHONHOME", home.toString(),
          "PYTHONPATH", path.toString(),
          "LD_LIBRARY_PATH",
              libraries
                  .filter(library -> library.toString().endsWith("-linux-gnu"))
                  .map(Path::toString)
                  .collect(Collectors.joining(":")));
    }
  }

  /** Returns what decoding {@code response} costs this project, after warm-up rounds. */
  static List<Cost> ours(byte[] response) {
    List<Cost> costs = new ArrayList<>();
    for (int round = 0; round < 4 * ROUNDS; round++) {
      long wall = System.nanoTime();
      long processor = THREADS.getCurrentThreadCpuTime();
      CborDecoder decoder = new CborDecoder(WireLimits.defaults());
      decoder.feed(ByteBuffer.wrap(response));
      long values = 0;
      for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        values++;
      }
      decoder.endOfInput();
      if (values == 0) {
        throw new IllegalStateException("nothing was decoded");
      }
      costs.add(
          new Cost(
              (System.nanoTime() - wall) / 1e9,
              (THREADS.getCurrentThreadCpuTime() - processor) / 1e9));
    }
    return costs.subList(3 * ROUNDS, costs.size());
  }
}
