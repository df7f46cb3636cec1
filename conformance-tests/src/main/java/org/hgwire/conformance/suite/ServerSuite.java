// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hgwire.conformance.cases.CaseCatalog;
import org.hgwire.conformance.cases.ConformanceCase;
import org.hgwire.conformance.cases.Need;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;

/**
 * Runs the cases for servers against one.
 *
 * <p>The server is asked what it has before anything else. Cases that need the known repository are
 * skipped if it serves another; its heads tell.
 */
public final class ServerSuite {
  private final PeerDescription peer;
  private final SuiteConfiguration configuration;

  private ServerSuite(PeerDescription peer, SuiteConfiguration configuration) {
    this.peer = peer;
    this.configuration = configuration;
  }

  /**
   * Asks a server what it has.
   *
   * @param url the URL of its repository, http or https
   * @throws IOException if it cannot be reached or is no Mercurial server
   * @throws IllegalArgumentException if the URL is none of a host, or a pattern of the
   *     configuration matches no case
   */
  public static ServerSuite connect(URI url, SuiteConfiguration configuration) throws IOException {
    CasePatterns.requireCases(configuration);
    if (url.getHost() == null || !("http".equals(url.getScheme()) || isSecure(url))) {
      throw new IllegalArgumentException(url + " is not the URL of a host: http://… or https://…");
    }
    String path = url.getRawPath();
    URI base = path.endsWith("/") ? url : url.resolve((path.isEmpty() ? "" : path) + "/");
    return new ServerSuite(
        new ServerProbe(base, configuration.headers(), configuration.timeLimit()).describe(),
        configuration);
  }

  private static boolean isSecure(URI url) {
    return "https".equals(url.getScheme());
  }

  /**
   * Returns the profiles to run: those of the configuration, or all that the server offers
   * something of.
   */
  public Set<Profile> profiles() {
    return configuration.profiles().isEmpty() ? peer.profiles() : configuration.profiles();
  }

  /** Returns whether the server serves the known repository. */
  public boolean isKnownRepository() {
    return peer.known();
  }

  /**
   * Runs the cases of all {@link #profiles}.
   *
   * @return a result for each profile
   * @throws InterruptedException if the thread is interrupted; cases that run are left
   */
  public List<Result> run(SuiteListener listener) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Profile profile : profiles()) {
      results.add(run(profile, listener));
    }
    return results;
  }

  /**
   * Runs the cases of {@code profile}.
   *
   * @throws InterruptedException if the thread is interrupted; cases that run are left
   */
  public Result run(Profile profile, SuiteListener listener) throws InterruptedException {
    List<ResultCase> results =
        new SuiteRunner(configuration)
            .run(
                CaseCatalog.of(profile, peer.redirects().values()),
                next -> result(next, profile),
                listener);
    String name = configuration.peer() == null ? peer.url().toString() : configuration.peer();
    return new Result(profile.text(), name, "", configuration.toMap(), results);
  }

  private static String lacking(Profile profile) {
    return profile == Profile.REDIRECTS
        ? "the peer advertises no targets of redirects"
        : "the peer offers nothing of " + profile.text();
  }

  private ResultCase result(ConformanceCase next, Profile profile) {
    if (!peer.profiles().contains(profile)) {
      return CaseResults.notRun(next, Verdict.SKIP, lacking(profile));
    }
    for (Need need : next.needs()) {
      if (!peer.has(need, profile)) {
        return CaseResults.notRun(next, Verdict.SKIP, need.missing());
      }
    }
    return new CaseRun(peer, configuration, next).run();
  }
}
