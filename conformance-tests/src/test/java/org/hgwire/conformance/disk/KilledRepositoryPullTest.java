// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls into a repository that are killed, again and again, until one is done. */
final class KilledRepositoryPullTest {
  private static final int KILLS = 10;
  private static final int MAX_MILLIS = 500;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void nextPullsMakeTheSameRepository(ProtocolVersion version) throws Exception {
    Hg hg = RealHg.require(HgVersion.V5_6);
    Path source = new SampleRepositories(hg).large(directory.resolve("source"));
    Path into = directory.resolve("into");
    Random random = new Random(20_261_126);
    try (HgServe serve = HgServe.v2(hg, source)) {
      String url = serve.url().toString();
      for (int i = 0; i < KILLS; i++) {
        Process process = KilledRepositoryPull.start(url, into, version);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_MILLIS));
        process.destroyForcibly().waitFor();
      }
      KilledRepositoryPull.pull(url, into, version);
      assertThat(KilledRepositoryPull.pull(url, into, version))
          .isEqualTo(new PullSummary(0, 0, 0, 0));
      assertThat(hg.tryRun(into, "", List.of("verify")).status()).isZero();
      String template = "{node} {phase} {bookmarks}\n";
      assertThat(hg.run(into, "log", "-T", template).lines().sorted())
          .containsExactlyElementsOf(
              hg.run(source, "log", "-r", "not secret()", "-T", template)
                  .lines()
                  .sorted()
                  .toList());
    }
  }
}
