// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each version of hg that the interop tests run is the one that it should be, and whole. */
final class RealHgTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void hgIsOfItsVersion(HgVersion version) {
    String reported = RealHg.require(version).version();

    if (version == HgVersion.NEWEST) {
      assertThat(reported).matches("[7-9]\\.[0-9]+(\\.[0-9]+)?.*");
    } else {
      assertThat(reported).isEqualTo(version.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void everyVersionMakesTheSameRepository(HgVersion version) {
    Hg hg = RealHg.require(version);
    Path rich = new SampleRepositories(hg).grown(temporary.resolve("rich"));

    assertThat(hg.run(rich, "log", "-r", "29", "-T", "{node|short}")).isEqualTo("6eff2a5a051e");
    assertThat(hg.run(rich, "verify")).contains("checked 34 changesets");
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void everyVersionClonesFromItsOwnServer(HgVersion version) {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).rich(temporary.resolve("source"));
    try (HgServe serve = HgServe.v1(hg, source)) {
      hg.run(temporary, "clone", "-U", serve.url().toString(), "clone");

      assertThat(hg.run(temporary.resolve("clone"), "verify")).contains("checked 28 changesets");
    }
  }
}
