// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.hgwire.core.ByteString;

/**
 * What one run of the command line printed.
 *
 * @param exitCode its exit code
 * @param bytes standard output
 * @param err standard error
 */
record CommandLineRun(int exitCode, ByteString bytes, String err) {
  static CommandLineRun of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode = HgWire.run(out, new PrintWriter(err, true), arguments);
    return new CommandLineRun(exitCode, ByteString.copyOf(out.toByteArray()), err.toString());
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
    return bytes.utf8();
  }
}
