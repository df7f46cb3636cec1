// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.RedirectingHgServe;
import org.hgwire.conformance.mercurial.RedirectingHgServe.Content;
import org.hgwire.conformance.report.HtmlReport;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.ResultWriter;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;

/**
 * Runs the suite against our server, each hg of the interop tests and both clients, and writes the
 * results and the pages made of them. The script {@code matrix} of the tests runs it.
 */
final class MatrixRecorder {
  private final Path results;
  private final Path temporary;

  private MatrixRecorder(Path results, Path temporary) {
    this.results = results;
    this.temporary = temporary;
  }

  /** Records all, and exits with 1 if a case ended as nobody expected. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path temporary = Files.createTempDirectory("matrix");
    boolean expected;
    try {
      Path results = Files.createDirectories(MatrixPages.RESULTS);
      expected = new MatrixRecorder(results, temporary).record(KnownServers.repository(temporary));
    } finally {
      Hg.run(new ProcessBuilder("rm", "-rf", temporary.toString()), "").orThrow();
    }
    List<Result> all = MatrixPages.results();
    try (Writer page = Files.newBufferedWriter(KnownServers.MATRIX.resolve("matrix.html"))) {
      HtmlReport.write(all, page);
    }
    Path readme = KnownServers.MATRIX.resolve("README.md");
    Files.writeString(readme, MatrixPages.inserted(Files.readString(readme), all));
    System.exit(expected ? 0 : 1);
  }

  private boolean record(Path known) throws IOException, InterruptedException {
    boolean expected;
    SuiteConfiguration ours = SuiteConfiguration.defaults().toBuilder().peer("hgwire").build();
    try (StoreRepository repository = StoreRepository.open(known);
        HgWireServer server = KnownServers.hgwire(repository);
        RedirectingServer redirecting = KnownServers.redirecting(repository, temporary)) {
      List<Result> recorded = run(KnownServers.url(server), ours);
      recorded.add(redirects(redirecting.url(), ours));
      expected = write(recorded, "");
    }
    Set<String> done = new HashSet<>();
    for (HgVersion version : HgVersion.values()) {
      Hg hg = RealHg.require(version);
      if (done.add(hg.version())) {
        expected &= record(hg, known, version == HgVersion.V5_6);
      }
    }
    expected &=
        record(
            KnownClients.hgwire(),
            SuiteConfiguration.defaults().toBuilder().peer("hgwire").build());
    return record(KnownClients.mercurial(), KnownClients.faultsOfMercurial()) && expected;
  }

  private boolean record(Hg hg, Path known, boolean version2)
      throws IOException, InterruptedException {
    SuiteConfiguration faults = KnownServers.faults(hg);
    List<Result> recorded;
    try (HgServe server = KnownServers.mercurial(hg, known, version2)) {
      recorded = run(server.url(), faults);
    }
    if (version2) {
      Path content = Files.createDirectory(temporary.resolve("content"));
      try (ContentHost host = ContentHost.http(content);
          RedirectingHgServe server =
              KnownServers.redirecting(hg, known, new Content(content, host.url(), List.of()))) {
        recorded.add(redirects(server.url(), faults));
      }
    }
    return write(recorded, "");
  }

  private boolean record(ClientUnderTest client, SuiteConfiguration configuration)
      throws IOException, InterruptedException {
    ClientSuite suite = ClientSuite.of(client, configuration);
    List<Result> recorded = new ArrayList<>();
    for (Profile profile : suite.profiles()) {
      recorded.add(suite.run(profile, SuiteListener.NONE));
    }
    return write(recorded, "-client");
  }

  private static List<Result> run(URI url, SuiteConfiguration configuration)
      throws IOException, InterruptedException {
    return new ArrayList<>(ServerSuite.connect(url, configuration).run(SuiteListener.NONE));
  }

  private static Result redirects(URI url, SuiteConfiguration configuration)
      throws IOException, InterruptedException {
    return ServerSuite.connect(url, configuration).run(Profile.REDIRECTS, SuiteListener.NONE);
  }

  private boolean write(List<Result> recorded, String role) throws IOException {
    for (Result result : recorded) {
      System.out.println(result.peer() + ", " + result.profile() + ":");
      result.unexpected().forEach(MatrixRecorder::print);
    }
    String name = recorded.get(0).peer().toLowerCase(Locale.ROOT).replace(' ', '-') + role;
    try (OutputStream file = Files.newOutputStream(results.resolve(name + ".json"))) {
      ResultWriter.write(recorded.stream().map(MatrixRecorder::kept).toList(), file);
    }
    return recorded.stream().allMatch(result -> result.unexpected().isEmpty());
  }

  private static void print(ResultCase unexpected) {
    System.out.println(
        "  " + unexpected.result().word() + " " + unexpected.id() + ": " + unexpected.reason());
  }

  /** Leaves out what each run changes. */
  private static Result kept(Result result) {
    List<ResultCase> cases =
        result.cases().stream()
            .map(
                next ->
                    new ResultCase(
                        next.id(),
                        next.title(),
                        next.level(),
                        next.result(),
                        0,
                        next.citation(),
                        next.cause(),
                        next.reason(),
                        next.exchanges()))
            .toList();
    return new Result(
        result.profile(), result.peer(), result.level(), result.configuration(), cases);
  }
}
