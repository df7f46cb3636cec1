// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM of its own with 64 MiB of heap and 64 MiB for direct buffers, until it is closed. */
final class SmallHeap implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  private SmallHeap(Process process, Path errors) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  /** Runs {@code main}. */
  static SmallHeap run(Class<?> main, Path directory, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", ".")),
            main.getName()));
    line.addAll(List.of(arguments));
    Path errors = Files.createTempFile(directory, main.getSimpleName(), ".err");
    File redirected = errors.toFile();
    return new SmallHeap(new ProcessBuilder(line).redirectError(redirected).start(), errors);
  }

  /** Waits for the next line that the program prints. */
  String line() throws IOException {
    CompletableFuture<String> line = CompletableFuture.supplyAsync(this::read);
    try {
      return line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no line came: " + Files.readString(errors), e);
    }
  }

  private String read() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("the program ended: " + Files.readString(errors));
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends one byte to the program's standard input. */
  void poke() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Returns what the program said on its standard error. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
