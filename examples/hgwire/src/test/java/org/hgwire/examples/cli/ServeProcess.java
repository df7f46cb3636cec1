// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code hgwire serve} in its own process. */
final class ServeProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";

  private final Process process;
  private final String url;

  private ServeProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts a server with the repository of the demo, and waits until it listens.
   *
   * @param jvm options of the JVM
   * @param options further options of the command
   */
  static ServeProcess start(List<String> jvm, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--demo"));
    all.addAll(List.of(options));
    return start(jvm, all);
  }

  /** Starts a server with other repositories, and waits until it listens. */
  static ServeProcess serving(String... options) throws IOException {
    return start(List.of(), List.of(options));
  }

  private static ServeProcess start(List<String> jvm, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED"); // as the manifest of hgwire.jar says
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", ".")),
            HgWire.class.getName(),
            "serve"));
    command.addAll(options);
    Process process = new ProcessBuilder(command).start();
    String line = String.valueOf(process.inputReader().readLine());
    if (!line.startsWith(LISTENING)) {
      process.destroyForcibly();
      throw new IOException("serve printed " + line);
    }
    return new ServeProcess(process, line.substring(LISTENING.length()));
  }

  String url() {
    return url;
  }

  /** Returns standard error. */
  BufferedReader errors() {
    return process.errorReader();
  }

  /** Sends SIGTERM and returns whether the process has ended within a minute. */
  boolean stop() throws InterruptedException {
    process.toHandle().destroy(); // unlike Process.destroy, this leaves the streams open
    return process.waitFor(60, TimeUnit.SECONDS);
  }

  /** Sends a signal and returns the exit code. */
  int stop(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
