// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real hg in a clean environment: only the given configuration, UTF-8, no colours, no progress.
 *
 * @param executable the path of hg
 */
public record Hg(Path executable) {
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  /**
   * The result of running hg.
   *
   * @param status the exit status
   * @param output standard output, one character per byte
   * @param errors standard error, one character per byte
   */
  public record Result(int status, String output, String errors) {
    /** Returns the output of a run that succeeded. */
    public String orThrow() {
      if (status != 0) {
        throw new AssertionError("hg exited with " + status + ":\n" + errors + output);
      }
      return output;
    }
  }

  /** Returns the version that hg reports, such as {@code 5.6.1}. */
  public String version() {
    return run(Path.of("."), "version", "-T", "{ver}");
  }

  /** Runs hg in {@code directory}; fails if hg does. */
  public String run(Path directory, String... arguments) {
    return tryRun(directory, "", List.of(arguments)).orThrow();
  }

  /** Runs hg in {@code directory} with {@code input} as its standard input. */
  public Result tryRun(Path directory, String input, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(executable.toString());
    line.addAll(arguments);
    return run(new ProcessBuilder(line).directory(directory.toFile()), input);
  }

  /** Runs a script with the path of hg as its first argument; fails if the script does. */
  public void runScript(Path script, String... arguments) {
    List<String> line = new ArrayList<>(List.of("bash", script.toString(), executable.toString()));
    line.addAll(List.of(arguments));
    run(new ProcessBuilder(line), "").orThrow();
  }

  /** Runs any program in the environment of hg. */
  public static Result run(ProcessBuilder builder, String input) {
    cleanEnvironment(builder);
    try {
      Path output = Files.createTempFile("hg", ".out");
      Path errors = Files.createTempFile("hg", ".err");
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      try {
        try (var stdin = process.getOutputStream()) {
          stdin.write(input.getBytes(StandardCharsets.ISO_8859_1));
        }
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError(
              builder.command() + " did not end within " + TIMEOUT + ":\n" + text(errors));
        }
        return new Result(process.exitValue(), text(output), text(errors));
      } finally {
        kill(process);
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sets the environment in which hg runs here. */
  public static void cleanEnvironment(ProcessBuilder builder) {
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.putAll(
        Map.of(
            "PATH", path,
            "HOME", "/nonexistent",
            "HGRCPATH", "",
            "HGPLAIN", "1",
            "HGUSER", "nobody",
            "LC_ALL", "C.UTF-8",
            "TZ", "UTC",
            "PYTHONUNBUFFERED", "1",
            "PYTHONDONTWRITEBYTECODE", "1"));
  }

  /** Kills a process and its children, and waits until it has exited. */
  public static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
