// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameNotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hgwire frames}: a capture of frames as text, and text as frames. */
@Command(
    name = "frames",
    description = "Print a capture of frames in text notation, one frame per line.",
    mixinStandardHelpOptions = true)
final class FramesCommand implements Callable<Integer> {
  private static final int READ_BYTES = 64 * 1024;

  @Mixin private InputFile input;

  @Mixin private LimitOptions limits;

  @Option(
      names = "--encode",
      description =
          "Do the reverse: read text notation and write frames. Empty lines and lines that begin"
              + " with # are ignored.")
  private boolean encode;

  @Option(
      names = "--decode",
      description =
          "Print below each encoded frame the values in it, decoded with the content encoding of"
              + " its stream, on lines that begin with #. The capture must be of one direction.")
  private boolean decode;

  @ParentCommand private HgWire root;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (InputStream in = input.open()) {
      if (encode) {
        encode(in, root.output());
      } else {
        dump(in, spec.commandLine().getOut());
      }
    }
    return 0;
  }

  private void dump(InputStream in, PrintWriter out) throws IOException {
    FrameDecoder decoder = new FrameDecoder(limits.limits());
    FrameAssembler frames = new FrameAssembler(decoder);
    byte[] buffer = new byte[READ_BYTES];
    try (FrameContents contents = new FrameContents(limits.limits())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        decoder.feed(ByteBuffer.wrap(buffer, 0, count));
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
          out.println(FrameNotation.print(frame));
          if (decode) {
            contents.print(frame, line -> out.println("#   " + line));
          }
        }
      }
      decoder.endOfInput();
    } finally {
      out.flush();
    }
  }

  private static void encode(InputStream in, OutputStream target) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    OutputStream out = new BufferedOutputStream(target);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      ByteBuffer frame;
      try {
        frame = FrameNotation.parse(line).encode();
      } catch (IllegalArgumentException fault) {
        out.flush();
        throw new IllegalArgumentException("line " + number + ": " + fault.getMessage(), fault);
      }
      out.write(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
    }
    out.flush();
  }
}
