// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.DiagnosticPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hgwire cbor}: CBOR as diagnostic notation. */
@Command(
    name = "cbor",
    description = "Print a CBOR sequence in diagnostic notation, one value per line.",
    mixinStandardHelpOptions = true)
final class CborCommand implements Callable<Integer> {
  private static final int READ_BYTES = 64 * 1024;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  @Mixin private InputFile input;

  @Mixin private LimitOptions limits;

  @Option(
      names = "--lines",
      description =
          "Read one sequence per line, in hexadecimal with or without blanks and 0x, and print its"
              + " values on one line, or 'error: <code>: <text>'.")
  private boolean lines;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (InputStream in = input.open()) {
      if (lines) {
        printLines(in, limits.limits(), out);
      } else {
        printSequence(in, limits.limits(), out);
      }
    } finally {
      out.flush();
    }
    return 0;
  }

  private static void printSequence(InputStream in, WireLimits limits, PrintWriter out)
      throws IOException {
    CborDecoder decoder = new CborDecoder(limits);
    DiagnosticPrinter printer = new DiagnosticPrinter(out, "\n");
    byte[] buffer = new byte[READ_BYTES];
    long total = 0;
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        print(decoder, ByteBuffer.wrap(buffer, 0, count), printer);
        total += count;
      }
      decoder.endOfInput();
    } finally {
      if (total > 0) {
        out.println();
      }
    }
  }

  private static void printLines(InputStream in, WireLimits limits, PrintWriter out)
      throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      out.println(diagnose(line.strip(), limits));
      if (!reader.ready()) {
        out.flush();
      }
    }
  }

  /** Returns the values of one sequence, separated by spaces, or what is wrong with it. */
  static String diagnose(String hex, WireLimits limits) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      CborDecoder decoder = new CborDecoder(limits);
      print(decoder, ByteBuffer.wrap(parse(hex)), new DiagnosticPrinter(text, " "));
      decoder.endOfInput();
      return text.toString();
    } catch (WireProtocolException fault) {
      return "error: " + fault.code().text() + ": " + fault.getMessage();
    }
  }

  private static byte[] parse(String hex) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(hex.length() / 2);
    try {
      for (String digits : BLANKS.split(hex, 0)) {
        boolean prefixed = digits.regionMatches(true, 0, "0x", 0, 2);
        bytes.writeBytes(HexFormat.of().parseHex(prefixed ? digits.substring(2) : digits));
      }
      return bytes.toByteArray();
    } catch (IllegalArgumentException e) {
      throw WireProtocolException.request(
          WireErrorCode.MALFORMED,
          "the line is not hexadecimal, two digits per byte, with or without blanks and 0x");
    }
  }

  private static void print(CborDecoder decoder, ByteBuffer bytes, DiagnosticPrinter printer)
      throws IOException {
    decoder.feed(bytes);
    for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      printer.print(event);
    }
  }
}
