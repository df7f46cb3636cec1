// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A real hg of any version that runs one command after another in one process, {@code hg serve
 * --cmdserver pipe}: what takes hg half a second to start takes here a few hundredths.
 */
public final class HgCommandServer implements AutoCloseable {
  private final Process process;
  private final DataOutputStream commands;
  private final DataInputStream channels;

  private HgCommandServer(Process process) {
    this.process = process;
    this.commands = new DataOutputStream(process.getOutputStream());
    this.channels = new DataInputStream(process.getInputStream());
  }

  /** Starts {@code hg}; {@code options} are given to it. */
  public static HgCommandServer start(Hg hg, String... options) {
    ProcessBuilder builder =
        new ProcessBuilder(hg.executable().toString(), "serve", "--cmdserver", "pipe");
    builder.command().addAll(List.of(options));
    Hg.cleanEnvironment(builder);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      HgCommandServer server = new HgCommandServer(builder.start());
      server.skipGreeting();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void skipGreeting() throws IOException {
    int channel = channels.readByte();
    byte[] greeting = read(channels.readInt());
    if (channel != 'o') {
      throw new IOException("hg began with " + new String(greeting, StandardCharsets.UTF_8));
    }
  }

  /** Runs a command in {@code directory}; fails if hg does. */
  public String run(Path directory, String... arguments) {
    return tryRun(directory, arguments).orThrow();
  }

  /** Runs a command in {@code directory}; the arguments are encoded in UTF-8. */
  public Hg.Result tryRun(Path directory, String... arguments) {
    byte[] line =
        ("--cwd\0" + directory + "\0" + String.join("\0", arguments))
            .getBytes(StandardCharsets.UTF_8);
    try {
      commands.writeBytes("runcommand\n");
      commands.writeInt(line.length);
      commands.write(line);
      commands.flush();
      return result();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Hg.Result result() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    while (true) {
      int channel = channels.readByte();
      int length = channels.readInt();
      switch (channel) {
        case 'o' -> output.writeBytes(read(length));
        case 'e' -> errors.writeBytes(read(length));
        case 'r' -> {
          int status = channels.readInt();
          return new Hg.Result(status, text(output), text(errors));
        }
        // It asks for input, of which there is none.
        case 'I', 'L' -> {
          commands.writeInt(0);
          commands.flush();
        }
        default -> read(length);
      }
    }
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = channels.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("hg ended");
    }
    return bytes;
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    Hg.kill(process);
  }
}
