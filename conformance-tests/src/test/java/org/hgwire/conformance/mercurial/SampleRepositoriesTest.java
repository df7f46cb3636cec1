// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repositories of the interop tests are as described, and the same every time. */
final class SampleRepositoriesTest {
  @TempDir Path temporary;
  private Hg hg;

  @BeforeEach
  void findMercurial() {
    hg = RealHg.require();
  }

  @Test
  void richRepositoryHasABitOfEverything() {
    Path rich = new SampleRepositories(hg).rich(temporary.resolve("rich"));

    assertThat(count(rich, "all()")).isEqualTo(30);
    assertThat(count(rich, "merge()")).isEqualTo(7);
    assertThat(count(rich, "secret()")).isEqualTo(2);
    assertThat(count(rich, "draft()")).isGreaterThan(5);
    assertThat(count(rich, "closed()")).isEqualTo(1);
    assertThat(hg.run(rich, "bookmarks", "-T", "{bookmark}\n"))
        .contains("draft", "main", "mark on stable", "old");
    assertThat(hg.run(rich, "manifest", "-r", "draft")).contains("caf\u00e9.txt");
    assertThat(hg.run(rich, "log", "-r", "29", "-T", "{node|short}")).isEqualTo("6eff2a5a051e");
  }

  @Test
  void grownRepositoryExtendsTheRichOne() {
    SampleRepositories samples = new SampleRepositories(hg);
    Path grown = samples.rich(temporary.resolve("grown"));
    String before = hg.run(grown, "log", "-r", "0:29", "-T", "{node}\n");
    samples.addTo(grown);

    assertThat(hg.run(grown, "log", "-r", "0:29", "-T", "{node}\n")).isEqualTo(before);
    assertThat(count(grown, "all()")).isEqualTo(34);
    assertThat(hg.run(grown, "bookmarks", "-T", "{bookmark}\n")).doesNotContain("old");
    hg.run(grown, "verify");
  }

  @Test
  void largeRepositoryHasHundredsOfChangesets() {
    Path large = new SampleRepositories(hg).large(temporary.resolve("large"));

    assertThat(count(large, "all()")).isEqualTo(301);
  }

  private int count(Path repository, String revisions) {
    return hg.run(repository, "log", "-r", revisions, "-T", "x").length();
  }
}
