// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgCommandServer;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.conformance.suite.KnownServers;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreLimits;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests for bundles of a generated history, for our server and for that of each hg. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BundleDifferencesTest {
  /** How bundles may differ. */
  static final List<BundleDifference> EXPLANATIONS = List.of(BundleDifference.values());

  /** With markers as here, and with changegroups 03, which hg before 7.0 has to be told to send. */
  static final List<String> OPTIONS =
      List.of(
          "--config",
          "web.allow-push=",
          "--config",
          "experimental.evolution=all",
          "--config",
          "experimental.changegroup3=true");

  private static final int ROUNDS = 30;

  private final Tally all = new Tally();

  @TempDir Path temporary;

  @AfterAll
  void writePage() throws IOException {
    DifferencesPage.write("bundles", all, EXPLANATIONS);
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void bundlesAreTheSame(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).random(temporary.resolve(version.name()));
    KnownRevisions served;
    List<String> hidden;
    try (HgCommandServer commands = HgCommandServer.start(hg)) {
      served = KnownRevisions.of(commands, source, "not secret() and not obsolete()");
      String[] log = {"log", "--hidden", "-r", "secret() or hidden()", "-T", "{node}\n"};
      hidden = commands.run(source, log).lines().toList();
    }
    try (StoreRepository repository = StoreRepository.open(source, StoreLimits.defaults(), true);
        HgWireServer ours = KnownServers.hgwire(repository);
        HgServe theirs = HgServe.start(hg, source, OPTIONS)) {
      BothBundleServers servers =
          new BothBundleServers(theirs.url(), KnownServers.url(ours), served, hidden);
      Tally tally = new DifferentialRun<>(servers, EXPLANATIONS).run(new Rounds(ROUNDS));
      all.addAll(tally);
      assertThat(tally.alike()).as(tally.toString()).isGreaterThan(tally.inputs() / 3);
    }
  }
}
