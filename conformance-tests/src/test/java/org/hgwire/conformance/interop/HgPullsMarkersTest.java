// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.server.store.StoreLimits;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Obsolescence markers, as each version pulls them from us and from its own server. */
final class HgPullsMarkersTest {
  private static final String[] EVOLUTION = {
    "--config", "experimental.evolution=all", "--config", "phases.publish=False"
  };

  @TempDir Path temporary;

  private static String hg(Hg hg, Path directory, String... arguments) {
    List<String> line = new ArrayList<>(List.of(EVOLUTION));
    line.addAll(List.of(arguments));
    return hg.tryRun(directory, "", line).orThrow();
  }

  private static void commit(Hg hg, Path source, String text, String... more) throws IOException {
    Files.writeString(source.resolve("file"), text);
    List<String> line = new ArrayList<>(List.of("commit", "-q", "-A", "-m", text, "-d", "0 0"));
    line.addAll(List.of(more));
    hg(hg, source, line.toArray(String[]::new));
  }

  private Path amended(Hg hg) throws IOException {
    Path source = temporary.resolve("source");
    hg(hg, temporary, "init", source.toString());
    commit(hg, source, "one");
    commit(hg, source, "two");
    commit(hg, source, "two, better", "--amend");
    commit(hg, source, "two, best", "--amend");
    commit(hg, source, "pruned");
    String pruned = hg(hg, source, "log", "-r", ".", "-T", "{node}");
    hg(hg, source, "debugobsolete", "--record-parents", pruned, "-d", "0 0");
    hg(hg, source, "update", "-q", "desc('two, best')");
    commit(hg, source, "three");
    return source;
  }

  private List<String> pulled(Hg hg, String url, String name, String... configuration) {
    Path clone = temporary.resolve(name);
    List<String> line = new ArrayList<>(List.of("clone", "-q", "-U", url, clone.toString()));
    line.addAll(List.of(configuration));
    hg(hg, temporary, line.toArray(String[]::new));
    assertThat(hg(hg, clone, "verify")).contains("checked 3 changesets");
    return hg(hg, clone, "debugobsolete").lines().sorted().toList();
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void markersArePulledAsFromMercurial(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = amended(hg);
    List<String> theirs;
    try (HgServe server = HgServe.start(hg, source, List.of(EVOLUTION))) {
      theirs = pulled(hg, server.url().toString(), "theirs");
    }
    assertThat(theirs).hasSize(3);
    try (StoreRepository repository = StoreRepository.open(source, StoreLimits.defaults(), true);
        OurServer server = OurServer.of(repository)) {
      assertThat(pulled(hg, server.url().toString(), "ours")).isEqualTo(theirs);
      assertThat(
              pulled(hg, server.url().toString(), "plain", "--config", "experimental.evolution=no"))
          .isEmpty();
    }
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository)) {
      assertThat(pulled(hg, server.url().toString(), "none")).isEmpty();
    }
  }
}
