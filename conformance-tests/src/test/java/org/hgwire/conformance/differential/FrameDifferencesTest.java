// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgCommandServer;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.suite.KnownServers;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames, sound and not, for our server and for that of hg 5.6.1, over the known repository. */
final class FrameDifferencesTest {
  /** How outcomes may differ: as a whole, or for one request. */
  static final List<Explanation<FrameComparison>> EXPLANATIONS =
      Stream.<Explanation<FrameComparison>>concat(
              Arrays.stream(FrameDifference.values()), Arrays.stream(RequestDifference.values()))
          .toList();

  private static final int ROUNDS = 800;

  @TempDir Path temporary;

  @Test
  void framesHaveTheSameOutcome() throws Exception {
    Hg hg = RealHg.require();
    Path known = KnownServers.repository(temporary);
    KnownRevisions served;
    try (HgCommandServer commands = HgCommandServer.start(hg)) {
      served = KnownRevisions.of(commands, known, "not secret() and not obsolete()");
    }
    try (StoreRepository repository = StoreRepository.open(known);
        HgWireServer ours = KnownServers.hgwire(repository);
        HgServe theirs = KnownServers.mercurial(hg, known, true)) {
      BothFrameServers servers =
          new BothFrameServers(theirs.url(), KnownServers.url(ours), new KnownRequests(served));
      Tally tally = new DifferentialRun<>(servers, EXPLANATIONS).run(new Rounds(ROUNDS));
      DifferencesPage.write("frames", tally, EXPLANATIONS);
      assertThat(tally.alike()).as(tally.toString()).isGreaterThan(tally.inputs() / 2);
    }
  }
}
