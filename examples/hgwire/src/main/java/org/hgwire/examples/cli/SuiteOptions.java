// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.suite.ConfigurationReader;
import org.hgwire.conformance.suite.SuiteConfiguration;
import org.hgwire.conformance.suite.SuiteListener;
import org.hgwire.core.PeerText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that run cases, and what these print. */
final class SuiteOptions {
  private static final int PROGRESS = 20;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Run this profile; `hgwire conformance list` shows all. Repeatable.")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "PATTERN",
      description = "Run only the cases with these ids; * stands for any characters.")
  private @Nullable String filter;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration in JSON: exclusions, expected failures, headers.")
  private @Nullable Path configuration;

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      description = "What the server or client is called in results.")
  private @Nullable String peer;

  @Option(names = "--parallel", paramLabel = "N", description = "Run N cases at the same time.")
  private @Nullable Integer parallel;

  @Option(names = "--repeat", paramLabel = "N", description = "Run each case N times.")
  private @Nullable Integer repeat;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "How long one request, or a client in one case, may take.")
  private @Nullable Integer timeLimit;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print every case that is not excluded, not only those that fail.")
  private boolean verbose;

  @Mixin private ResultFiles files = new ResultFiles();

  /** Runs the cases of a profile. */
  @FunctionalInterface
  interface Run {
    /** Returns the result; the listener is told of each case. */
    Result of(Profile profile, SuiteListener listener) throws IOException, InterruptedException;
  }

  /** Runs profiles, prints and writes what they resulted in, and returns the exit status. */
  int run(Set<Profile> some, PrintWriter out, Run run) throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Profile profile : some) {
      Result result = run.of(profile, (next, done, all) -> print(out, profile, next, done, all));
      results.add(result);
      out.println(summary(result));
      out.flush();
    }
    files.write(results);
    requireCases(results);
    return results.stream().allMatch(result -> result.unexpected().isEmpty()) ? 0 : 1;
  }

  private static void requireCases(List<Result> results) {
    if (results.stream()
        .flatMap(result -> result.cases().stream())
        .allMatch(next -> next.result() == Verdict.EXCLUDED)) {
      throw new IllegalArgumentException(
          "no case ran: the filter, the levels or the exclusions leave all out");
    }
  }

  /** Returns the configuration of the file, with what other options say. */
  SuiteConfiguration configured() throws IOException {
    files.requireDirectories();
    SuiteConfiguration.Builder builder = read().toBuilder();
    if (!profiles.isEmpty()) {
      Set<Profile> named = EnumSet.noneOf(Profile.class);
      profiles.forEach(name -> named.add(Profile.named(name)));
      builder.profiles(named);
    }
    if (filter != null) {
      builder.filter(filter);
    }
    if (peer != null) {
      builder.peer(peer);
    }
    if (parallel != null) {
      builder.parallel(parallel);
    }
    if (repeat != null) {
      builder.repeat(repeat);
    }
    if (timeLimit != null) {
      builder.timeLimit(Duration.ofSeconds(timeLimit));
    }
    return builder.build();
  }

  private SuiteConfiguration read() throws IOException {
    if (configuration == null) {
      return SuiteConfiguration.defaults();
    }
    try (InputStream input = NamedInput.open(configuration)) {
      return ConfigurationReader.read(input);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(configuration + ": " + e.getMessage(), e);
    }
  }

  private void print(PrintWriter out, Profile profile, ResultCase next, int done, int all) {
    if (next.result().isUnexpected() || (verbose && next.result() != Verdict.EXCLUDED)) {
      out.println(
          next.result().word()
              + " "
              + next.level()
              + " "
              + next.id()
              + (next.reason().isEmpty() ? "" : ": " + PeerText.line(next.reason())));
      out.flush();
    }
    if (Terminal.isInteractive() && (done % PROGRESS == 0 || done == all)) {
      System.err.print("\r" + profile.text() + " " + done + "/" + all + (done == all ? "\n" : ""));
    }
  }

  private static String summary(Result result) {
    StringBuilder line = new StringBuilder(result.profile()).append(":");
    for (Verdict verdict : Verdict.values()) {
      long count = result.count(verdict);
      if (count > 0 || verdict == Verdict.PASS || verdict == Verdict.FAIL) {
        line.append(' ').append(count).append(' ').append(verdict.word()).append(',');
      }
    }
    line.setLength(line.length() - 1);
    if (result.count(Verdict.SKIP) == result.cases().size()) {
      line.append("; ").append(PeerText.line(result.cases().get(0).reason()));
    }
    return line.toString();
  }
}
