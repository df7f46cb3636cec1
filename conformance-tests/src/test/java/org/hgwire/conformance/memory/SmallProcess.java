// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java process with a small heap, killed when this is closed. */
public final class SmallProcess implements AutoCloseable {
  private static final int MINUTES = 5;

  private final String name;
  private final Process process;
  private final BufferedReader output;
  private final OutputStream input;

  private SmallProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    input = process.getOutputStream();
  }

  /** Starts a process with a heap of 64 MiB. */
  static SmallProcess start(Class<?> main, Object... arguments) throws IOException {
    return startWith(64, main, arguments);
  }

  /** Starts a process with a heap of {@code mebibytes}. */
  public static SmallProcess startWith(int mebibytes, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + mebibytes + "m");
    command.add("-XX:MaxDirectMemorySize=64m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ".")));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    SmallProcess started = new SmallProcess(main.getSimpleName(), process);
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                process.destroyForcibly();
              }
            },
            "watchdog-of-" + main.getSimpleName());
    watchdog.setDaemon(true);
    watchdog.start();
    return started;
  }

  /** Returns the next line of output that matches, ignoring others. */
  public Matcher await(String pattern) throws IOException {
    Pattern compiled = Pattern.compile(pattern);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = compiled.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
    throw new IOException(name + " ended without printing " + pattern);
  }

  /** Requests figures, and returns the lines before them. */
  public List<String> linesUntilFigures() throws IOException {
    input.write('\n');
    input.flush();
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.startsWith("heap=")) {
        return lines;
      }
    }
    throw new IOException(name + " ended: " + lines);
  }

  /** Requests figures. */
  Reading figures() throws IOException {
    input.write('\n');
    input.flush();
    return reading();
  }

  /** Reads the next line with figures. */
  Reading reading() throws IOException {
    return new Reading(await(".*heap=.*").group());
  }

  /**
   * A line of figures.
   *
   * @param line names and numbers
   */
  public record Reading(String line) {
    /** Returns the number with that name. */
    public long get(String name) {
      Matcher matcher = Pattern.compile("\\b" + name + "=(-?\\d+)").matcher(line);
      if (!matcher.find()) {
        throw new IllegalArgumentException("no " + name + " in " + line);
      }
      return Long.parseLong(matcher.group(1));
    }

    /** Returns heap, direct buffers and peak of resident memory in MiB. */
    public String memory() {
      return String.format(
          "heap after collection %.1f MiB, direct buffers %.1f MiB, peak resident %d MiB",
          get("heap") / 1048576.0, get("direct") / 1048576.0, get("resident") >> 20);
    }
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
