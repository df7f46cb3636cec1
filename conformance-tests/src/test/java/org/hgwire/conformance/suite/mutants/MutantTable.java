// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.conformance.cases.Profile;

/** The page that lists the mutants, with how many cases each of them fails. */
final class MutantTable {
  private static final String HEAD =
      """
      # Mutants

      Proof that every case of the conformance suite can fail: hgwire's server with one fault at a time. The cases of the
      layer in which the fault is are run against it; each case fails at least one mutant, and none fails the server
      without a fault. `MutantsTest` checks it, and writes this page:

          mvn -pl conformance-tests -am test -Dtest=MutantsTest -Dsurefire.failIfNoSpecifiedTests=false \\
              -Dmutants.page=$PWD/docs/conformance/mutants.md
      """;

  private final Map<Profile, KilledCases> profiles = new TreeMap<>();

  void add(Profile profile, KilledCases killed) {
    profiles.put(profile, killed);
  }

  void write(Path file) throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    profiles.forEach(
        (profile, killed) -> {
          page.append("\n## ").append(profile.text()).append("\n\n");
          page.append(killed.counts().size()).append(" mutants, ");
          page.append(killed.killed().size()).append(" cases.\n\n");
          page.append("| cases that are run | what is wrong | cases that fail |\n|---|---|---:|\n");
          killed
              .counts()
              .forEach(
                  (mutant, count) ->
                      page.append(
                          "| `%s` | %s | %d |%n".formatted(mutant.cases(), mutant.name(), count)));
        });
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page);
  }
}
