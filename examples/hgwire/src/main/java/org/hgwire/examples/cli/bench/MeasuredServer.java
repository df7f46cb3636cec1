// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, until it is closed. */
final class MeasuredServer implements AutoCloseable {
  private final Process process;
  private final URI url;

  private MeasuredServer(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts hgwire, with the options of this JVM for its compilers, collector and class archive.
   *
   * @param heap the size of its heap, such as {@code 256m}
   * @param redirects the configuration of redirects, or null
   */
  static MeasuredServer hgwire(Path repository, String heap, @Nullable Path redirects)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--quiet", "-R", repository.toString()));
    if (redirects != null) {
      arguments.addAll(List.of("--redirect-config", redirects.toString()));
    }
    return start(OwnCommand.withHeap(heap, arguments));
  }

  /** Starts a real hg, over version 2 too if it knows that. */
  static MeasuredServer hg(Path hg, Path repository) throws IOException {
    return start(
        List.of(
            hg.toString(),
            "serve",
            "-R",
            repository.toString(),
            "-a",
            "127.0.0.1",
            "-p",
            "0",
            "--print-url",
            "--config",
            "experimental.web.apiserver=true",
            "--config",
            "experimental.web.api.http-v2=true"));
  }

  private static MeasuredServer start(List<String> line) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HGPLAIN", "1");
    builder.environment().put("HGRCPATH", "");
    builder.environment().put("PYTHONUNBUFFERED", "1");
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String first = output.readLine();
    ignoreRest(output);
    int port =
        first == null ? -1 : URI.create(first.replace("listening on ", "").strip()).getPort();
    if (port < 0) {
      process.destroyForcibly();
      throw new IOException(line.get(0) + " did not start to serve; run it by hand to see why");
    }
    return new MeasuredServer(process, URI.create("http://127.0.0.1:" + port + "/"));
  }

  /** Reads what hg says of each request: with a full pipe it would wait. */
  private static void ignoreRest(BufferedReader output) {
    Thread reader =
        new Thread(
            () -> {
              try (output) {
                output.transferTo(Writer.nullWriter());
              } catch (IOException ended) {
                // The process was stopped.
              }
            },
            "hgwire-bench-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Returns its URL. */
  URI url() {
    return url;
  }

  /** Returns its processor time so far, in seconds. */
  double processorSeconds() {
    ProcessHandle server = process.toHandle();
    return Stream.concat(Stream.of(server), server.descendants())
            .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
            .reduce(Duration.ZERO, Duration::plus)
            .toMillis()
        / 1e3;
  }

  /**
   * Returns how many bytes of its heap are in use after a collection, which this causes; 0 if this
   * Java has no jcmd.
   */
  long liveBytes() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return 0;
    }
    Process histogram =
        new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    long bytes = 0;
    try (BufferedReader lines = histogram.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // The last line: Total, the number of objects, their bytes.
        String[] words = line.strip().split(" +", -1);
        if (words.length == 3 && words[0].equals("Total")) {
          bytes = Long.parseLong(words[2]);
        }
      }
    }
    histogram.waitFor();
    return bytes;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
