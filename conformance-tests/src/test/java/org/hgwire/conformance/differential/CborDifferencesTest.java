// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.scripted.ScriptedServer;
import org.hgwire.conformance.suite.KnownServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values, and what is none, for our decoder and for those of hg 5.6.1. */
final class CborDifferencesTest {
  /** How what is accepted may differ. */
  static final List<CborDifference> EXPLANATIONS = List.of(CborDifference.values());

  private static final int ROUNDS = 2500;
  private static final int RESPONSES = 2;

  @TempDir Path temporary;

  @Test
  void serverOfHgAcceptsTheSame() throws Exception {
    Hg hg = RealHg.require();
    Path known = KnownServers.repository(temporary);
    try (HgServe theirs = KnownServers.mercurial(hg, known, true)) {
      Tally tally =
          new DifferentialRun<>(new BothDecoders(theirs.url()), EXPLANATIONS)
              .run(new Rounds(ROUNDS));
      DifferencesPage.write("cbor", tally, EXPLANATIONS);
      assertThat(tally.alike()).as(tally.toString()).isGreaterThan(tally.inputs() / 2);
    }
  }

  @Test
  void clientOfHgReadsTheSameValues() throws Exception {
    Hg hg = RealHg.require();
    try (ScriptedServer server = new ScriptedServer()) {
      Tally tally =
          new DifferentialRun<>(new BothClients(hg, temporary, server), List.of())
              .run(new Rounds(RESPONSES));
      DifferencesPage.write("values", tally, List.of());
      assertThat(tally.inputs()).isEqualTo(tally.alike()).isPositive();
    }
  }
}
