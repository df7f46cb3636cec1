// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.suite.ConfigurationReader;
import org.hgwire.conformance.suite.ServerSuite;
import org.hgwire.conformance.suite.SuiteConfiguration;
import org.hgwire.core.PeerText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire conformance server}: runs the cases against a server. */
@Command(
    name = "server",
    description =
        "Run the cases against a server. It best serves the known repository, which `hgwire"
            + " conformance repository` makes; with another one, cases that know it are skipped."
            + " Exits with 1 if a case ends as nobody expected.",
    mixinStandardHelpOptions = true)
final class ConformanceServerCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = "The URL of a repository.")
  private URI url = URI.create("");

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Run this profile: v2-server, v1-server or clonebundles. Repeatable.")
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
      description = "What the server is called in results.")
  private @Nullable String peer;

  @Option(names = "--parallel", paramLabel = "N", description = "Run N cases at the same time.")
  private @Nullable Integer parallel;

  @Option(names = "--repeat", paramLabel = "N", description = "Run each case N times.")
  private @Nullable Integer repeat;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "How long one request may take.")
  private @Nullable Integer timeLimit;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print every case that is not excluded, not only those that fail.")
  private boolean verbose;

  @Mixin private ResultFiles files = new ResultFiles();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerSuite suite = ServerSuite.connect(url, configured());
    PrintWriter out = spec.commandLine().getOut();
    if (!suite.isKnownRepository()) {
      out.println(
          "The server does not serve the known repository: cases that know it are skipped.");
    }
    List<Result> results = new ArrayList<>();
    for (Profile profile : suite.profiles()) {
      Result result = suite.run(profile, (next, done, all) -> print(out, profile, next, done, all));
      results.add(result);
      out.println(summary(result));
      out.flush();
    }
    files.write(results);
    return results.stream().allMatch(result -> result.unexpected().isEmpty()) ? 0 : 1;
  }

  private SuiteConfiguration configured() throws IOException {
    SuiteConfiguration.Builder builder = read().toBuilder();
    if (!profiles.isEmpty()) {
      Set<Profile> named = EnumSet.noneOf(Profile.class);
      new LinkedHashSet<>(profiles).forEach(name -> named.add(Profile.named(name)));
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
    if (Terminal.isInteractive() && (done % 20 == 0 || done == all)) {
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
    return line.substring(0, line.length() - 1);
  }
}
