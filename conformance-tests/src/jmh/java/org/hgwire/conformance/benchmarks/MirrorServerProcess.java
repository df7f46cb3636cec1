// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;

/** A {@link MirrorServer} in its own JVM, until it is closed. */
final class MirrorServerProcess implements AutoCloseable {
  private final Process process;
  private final URI url;

  private MirrorServerProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Serves what {@code source} serves. */
  static MirrorServerProcess of(URI source) throws IOException {
    return start(source.toString());
  }

  /**
   * Serves what {@code source} serves, and redirects.
   *
   * @param directory where it keeps its responses; content is in its directory {@code content}
   * @param content the URL of the content host
   */
  static MirrorServerProcess redirecting(URI source, Path directory, URI content)
      throws IOException {
    return start(source.toString(), directory.toString(), content.toString());
  }

  private static MirrorServerProcess start(String... arguments) throws IOException {
    Process process =
        new ProcessBuilder(java("6g", MirrorServer.class.getName(), arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String port = output.readLine();
    if (port == null) {
      Hg.kill(process);
      throw new IOException("our server did not start");
    }
    return new MirrorServerProcess(process, URI.create("http://127.0.0.1:" + port + "/"));
  }

  /** Returns the command that runs a class of this project in a JVM with this heap size. */
  static List<String> java(String heap, String main, String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                java(), "-Xmx" + heap, "-cp", System.getProperty("java.class.path", "."), main));
    line.addAll(List.of(arguments));
    return line;
  }

  /** Returns the executable of this JVM. */
  static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  URI url() {
    return url;
  }

  /** Returns the processor time of the server so far. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    Hg.kill(process);
  }
}
