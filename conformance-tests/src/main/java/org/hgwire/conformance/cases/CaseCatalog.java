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
import java.util.function.BiFunction;

/** The cases that the suite has. */
public final class CaseCatalog {
  private static final String DIRECTORY = "/org/hgwire/conformance/cases/";

  private CaseCatalog() {}

  /**
   * Returns the cases of a profile for servers, in the order in which they are listed and run.
   *
   * @throws IllegalArgumentException if it is one for clients
   */
  public static List<ConformanceCase> of(Profile profile) {
    return of(profile, PeerValues.SAMPLE);
  }

  /**
   * Returns the cases of a profile for servers, as a peer that has {@code values} is sent them.
   *
   * @throws IllegalArgumentException if it is one for clients
   */
  public static List<ConformanceCase> of(Profile profile, PeerValues values) {
    if (profile.isForClients()) {
      throw new IllegalArgumentException(profile.text() + " is a profile for clients");
    }
    return read(profile, (text, source) -> CaseNotation.parse(text, source, values));
  }

  /**
   * Returns the cases of a profile for clients, in the order in which they are listed and run.
   *
   * @throws IllegalArgumentException if it is one for servers
   */
  public static List<ClientCase> ofClients(Profile profile) {
    if (!profile.isForClients()) {
      throw new IllegalArgumentException(profile.text() + " is a profile for servers");
    }
    return read(profile, ClientCaseNotation::parse);
  }

  /** Returns the cases of any profile. */
  public static List<? extends SuiteCase> all(Profile profile) {
    return profile.isForClients() ? ofClients(profile) : of(profile);
  }

  private static <T extends SuiteCase> List<T> read(
      Profile profile, BiFunction<String, String, List<T>> notation) {
    List<T> cases = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String file : text("index").lines().toList()) {
      if (file.startsWith(profile.text() + "/")) {
        for (T next : notation.apply(text(file), file)) {
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
