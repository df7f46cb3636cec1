// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks that its arguments name. */
public final class Benchmarks {
  private static final String USAGE =
      """
      micro [REGULAR-EXPRESSION]        the parts, with JMH; all, or those whose names match
      reference REPOSITORY [ROUNDS]     server and client against a real Mercurial, which serves
                                        that local repository; 3 rounds after one to warm up
      offload REPOSITORY [ROUNDS]       what a pull costs the server that redirects it, and the
                                        one that does not; 3 rounds after one to warm up
      served REPOSITORY [ROUNDS]        what a whole pull of a repository on disk costs the server,
                                        as a multiple of inflating and compressing its chunks;
                                        5 rounds after 10 to warm up
      chunks REPOSITORY [ROUNDS]        the reader of revlogs against a loop that inflates each
                                        chunk once; 9 rounds after 10 to warm up
      generate DIRECTORY CHANGESETS     writes a synthetic repository, always the same: 400 files at
                                        a time, seven file revisions a changeset
      """;

  private Benchmarks() {}

  /** Runs the one that the first argument names; anything else prints the choices. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (first.equals("micro") && arguments.length <= 2) {
      MicroRatios.run(arguments.length == 2 ? arguments[1] : "");
    } else if (first.equals("reference") && (arguments.length == 2 || arguments.length == 3)) {
      int rounds = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 3;
      AgainstReference.run(Path.of(arguments[1]).toAbsolutePath(), rounds);
    } else if (first.equals("offload") && (arguments.length == 2 || arguments.length == 3)) {
      int rounds = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 3;
      OffloadCost.run(Path.of(arguments[1]).toAbsolutePath(), rounds);
    } else if (first.equals("served") && (arguments.length == 2 || arguments.length == 3)) {
      int rounds = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 5;
      ServedPull.run(Path.of(arguments[1]).toAbsolutePath(), rounds);
    } else if (first.equals("chunks") && (arguments.length == 2 || arguments.length == 3)) {
      int rounds = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 9;
      StoredChunks.run(Path.of(arguments[1]).toAbsolutePath(), rounds);
    } else if (first.equals("generate") && arguments.length == 3) {
      SyntheticHistory.run(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    } else {
      System.out.print(USAGE);
    }
  }
}
