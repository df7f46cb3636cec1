// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CaseCatalogTest {
  @ParameterizedTest
  @CsvSource({
    "V2_SERVER, 200",
    "V1_SERVER, 60",
    "CLONEBUNDLES, 10",
    "REDIRECTS, 50",
    "V2_CLIENT, 100"
  })
  void profilesHaveTheirCases(Profile profile, int atLeast) {
    assertThat(CaseCatalog.all(profile)).hasSizeGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void whatTheTextDemandsIsCited() {
    assertThat(all())
        .filteredOn(next -> next.level() != Level.ROBUSTNESS)
        .allSatisfy(next -> assertThat(next.citation()).as(next.id()).isNotNull());
  }

  @Test
  void idsAndTitlesAreDistinct() {
    assertThat(all()).extracting(SuiteCase::id).doesNotHaveDuplicates();
    assertThat(all()).extracting(SuiteCase::title).doesNotHaveDuplicates();
  }

  @Test
  void citationsAreTheWordsOfTheTexts() {
    Hg hg = RealHg.require(HgVersion.V5_6);
    Map<String, String> texts = new HashMap<>();
    List<String> misquoted = new ArrayList<>();
    for (SuiteCase next : all()) {
      Citation citation = next.citation();
      if (citation != null) {
        String text = texts.computeIfAbsent(citation.document(), topic -> words(help(hg, topic)));
        if (!text.contains(words(citation.sentence()))) {
          misquoted.add(next.id() + ": " + citation);
        }
      }
    }
    assertThat(misquoted).isEmpty();
  }

  /** Clone bundles are the topic of an extension. */
  private static String help(Hg hg, String topic) {
    return topic.equals("clonebundles")
        ? hg.run(Path.of("."), "help", "-e", topic)
        : hg.run(Path.of("."), "help", "internals." + topic);
  }

  private static List<SuiteCase> all() {
    return Arrays.stream(Profile.values())
        .<SuiteCase>flatMap(profile -> CaseCatalog.all(profile).stream())
        .toList();
  }

  private static String words(String text) {
    return String.join(" ", text.strip().split("\\s+"));
  }
}
