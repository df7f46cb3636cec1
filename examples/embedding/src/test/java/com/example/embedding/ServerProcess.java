// SPDX-License-Identifier: Apache-2.0
package com.example.embedding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One of the servers in its own process, as a user runs it. */
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static ServerProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = process.inputReader().readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = process.inputReader().readLine();
    }
    if (line == null) {
      process.destroyForcibly();
      throw new IOException(main.getSimpleName() + " ended before it listened");
    }
    return new ServerProcess(process, line.substring(LISTENING.length()));
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
