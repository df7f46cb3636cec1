// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The cases that the suite has. */
public final class CaseCatalog {
  private static final String DIRECTORY = "/org/hgwire/conformance/cases/";

  private CaseCatalog() {}

  /** Returns the cases of {@code profile}, in the order in which they are listed and run. */
  public static List<ConformanceCase> of(Profile profile) {
    List<ConformanceCase> cases = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String file : text("index").lines().toList()) {
      if (file.startsWith(profile.text() + "/")) {
        for (ConformanceCase next : CaseNotation.parse(text(file), file)) {
          if (!ids.add(next.id())) {
            throw new IllegalStateException("two cases have the id " + next.id());
          }
          cases.add(next);
        }
      }
    }
    return List.copyOf(cases);
  }

  private static String text(String file) {
    try (InputStream input = CaseCatalog.class.getResourceAsStream(DIRECTORY + file)) {
      if (input == null) {
        throw new IllegalStateException("the jar of the suite has no " + file);
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
