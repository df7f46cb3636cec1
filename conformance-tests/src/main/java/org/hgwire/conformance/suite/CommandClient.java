// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that is a command. */
final class CommandClient implements ClientUnderTest {
  private static final int MAX_OUTPUT = 300;
  private static final int KILL_SECONDS = 10;

  private final List<String> words;

  CommandClient(List<String> words) {
    if (words.stream().noneMatch(word -> word.contains("{url}"))) {
      throw new IllegalArgumentException("the command of the client has no {url}");
    }
    this.words = List.copyOf(words);
  }

  @Override
  public ClientEnd run(URI url, Path directory, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("client-", ".txt");
    try {
      Process process =
          new ProcessBuilder(
                  words.stream()
                      .map(
                          word ->
                              word.replace("{url}", url.toString())
                                  .replace("{dir}", directory.toString()))
                      .toList())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      try {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        return new ClientEnd(ended ? process.exitValue() : null, lastOf(output));
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(KILL_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static String lastOf(Path output) throws IOException {
    String all = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    String line = all.replaceAll("\\s*[\\r\\n]+\\s*", " | ");
    return line.length() <= MAX_OUTPUT ? line : "…" + line.substring(line.length() - MAX_OUTPUT);
  }
}
