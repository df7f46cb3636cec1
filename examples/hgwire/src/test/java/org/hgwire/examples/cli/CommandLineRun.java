// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What one run of the command line printed.
 *
 * @param exitCode its exit code
 * @param out standard output
 * @param err standard error
 */
record CommandLineRun(int exitCode, String out, String err) {
  static CommandLineRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        HgWire.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = commandLine.execute(arguments);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
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
}
