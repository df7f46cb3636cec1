// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.conformance.cases.Profile;

/** The page that lists the mutants, with how many cases each of them fails. */
public final class MutantTable {
  private static final String SECTION = "\n## ";
  private static final String HEAD =
      """
      # Mutants

      Proof that every case of the conformance suite can fail: hgwire's server or client with one fault at a time. The
      cases of the layer in which the fault is are run against it; each case fails at least one mutant, and none fails
      what has no fault. `MutantsTest` and `ClientMutantsTest` check it, and write this page:

          mvn -pl conformance-tests -am test -Dtest='*MutantsTest' -Dsurefire.failIfNoSpecifiedTests=false \\
              -Dmutants.page=$PWD/docs/conformance/mutants.md

      Mutants of the client stand between it and the suite's server: they send other requests than it does, or give it
      other responses than come. What it verifies itself cannot be undone there: for that, a plain client that lacks one
      check at a time is run; the table says "plain client" where it is. Redirects are followed in place of it, too, by
      what lacks one check. Without fault, both pass every case.
      """;

  private final Map<Profile, KilledCases> profiles = new TreeMap<>();

  /** Makes an empty page. */
  public MutantTable() {}

  /** Adds what mutants failed of a profile. */
  public void add(Profile profile, KilledCases killed) {
    profiles.put(profile, killed);
  }

  /**
   * Writes the page, if the system property {@code mutants.page} names its file. What the file says
   * of other profiles stays.
   */
  public void write() throws IOException {
    String name = System.getProperty("mutants.page");
    if (name == null) {
      return;
    }
    Path file = Path.of(name);
    Map<Profile, String> sections = sections(file);
    profiles.forEach((profile, killed) -> sections.put(profile, section(profile, killed)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, HEAD + String.join("", sections.values()));
  }

  private static Map<Profile, String> sections(Path file) throws IOException {
    Map<Profile, String> sections = new TreeMap<>();
    String page = Files.exists(file) ? Files.readString(file) : "";
    for (Profile profile : Profile.values()) {
      int begin = page.indexOf(SECTION + profile.text() + "\n");
      if (begin >= 0) {
        int end = page.indexOf(SECTION, begin + 1);
        sections.put(profile, page.substring(begin, end < 0 ? page.length() : end));
      }
    }
    return sections;
  }

  private static String section(Profile profile, KilledCases killed) {
    StringBuilder section = new StringBuilder(SECTION + profile.text() + "\n\n");
    section.append(killed.counts().size()).append(" mutants, ");
    section.append(killed.killed().size()).append(" cases.\n\n");
    section.append("| cases that are run | what is wrong | cases that fail |\n|---|---|---:|\n");
    killed
        .counts()
        .forEach(
            (mutant, count) ->
                section.append(
                    "| `%s` | %s | %d |%n".formatted(mutant.cases(), mutant.name(), count)));
    return section.toString();
  }
}
