// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * What one run of the command line printed.
 *
 * @param exitCode its exit code
 * @param bytes standard output
 * @param err standard error
 */
record CommandLineRun(int exitCode, byte[] bytes, String err) {
  static CommandLineRun of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode = HgWire.run(out, new PrintWriter(err, true), arguments);
    return new CommandLineRun(exitCode, out.toByteArray(), err.toString());
  }

  static CommandLineRun withInput(byte[] input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return of(arguments);
    } finally {
      System.setIn(before);
    }
  }

  /** Returns standard output as text. */
  String out() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
