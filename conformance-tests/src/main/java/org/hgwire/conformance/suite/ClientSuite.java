// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.conformance.cases.CaseCatalog;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.scripted.ScriptedServer;

/**
 * Runs the cases for clients: for each case a repository is served at a URL of its own, the client
 * clones it, and how it ends and what it requested is judged.
 */
public final class ClientSuite {
  private final ClientUnderTest client;
  private final SuiteConfiguration configuration;

  private ClientSuite(ClientUnderTest client, SuiteConfiguration configuration) {
    this.client = client;
    this.configuration = configuration;
  }

  /**
   * Returns the suite for a client.
   *
   * @throws IllegalArgumentException if a pattern of the configuration matches no case
   */
  public static ClientSuite of(ClientUnderTest client, SuiteConfiguration configuration) {
    CasePatterns.requireCases(configuration);
    return new ClientSuite(client, configuration);
  }

  /** Returns the profiles to run: those of the configuration, or all for clients. */
  public Set<Profile> profiles() {
    if (!configuration.profiles().isEmpty()) {
      return configuration.profiles();
    }
    Set<Profile> profiles = EnumSet.allOf(Profile.class);
    profiles.removeIf(profile -> !profile.isForClients());
    return profiles;
  }

  /**
   * Runs the cases of {@code profile}.
   *
   * @throws IOException if no server can be started, or the client cannot be run
   * @throws IllegalArgumentException if it is a profile for servers
   * @throws InterruptedException if the thread is interrupted; cases that run are left
   */
  public Result run(Profile profile, SuiteListener listener)
      throws IOException, InterruptedException {
    try (ScriptedServer server = new ScriptedServer()) {
      AtomicInteger runs = new AtomicInteger();
      List<ResultCase> results =
          new SuiteRunner(configuration)
              .run(
                  CaseCatalog.ofClients(profile),
                  next ->
                      new ClientCaseRun(client, configuration.timeLimit(), next)
                          .run(server, runs.incrementAndGet() + "/" + next.id()),
                  listener);
      String name = configuration.peer() == null ? "client" : configuration.peer();
      return new Result(profile.text(), name, "", configuration.toMap(), results);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
