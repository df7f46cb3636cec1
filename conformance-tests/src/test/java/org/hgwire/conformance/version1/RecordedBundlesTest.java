// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.conformance.transcript.Transcript;
import org.hgwire.conformance.version1.BundleContent.Part;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Bundles that real servers sent, read by the decoders of the core, without any hg. */
final class RecordedBundlesTest {
  static final List<String> VERSIONS = Recordings.VERSIONS;

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void textOfEachTranscriptRoundTrips(String version) {
    for (Scenario scenario : Scenario.all()) {
      Transcript transcript = Transcript.named("version1/" + version + "/" + scenario.name());

      assertThat(transcript.exchanges()).as(scenario.name()).hasSizeGreaterThan(4);
      assertThat(Transcript.parse(transcript.print("again"))).isEqualTo(transcript);
    }
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void everyTextOfACloneHasItsHash(String version) {
    assertThat(Recordings.revisions(version, "wire").changesets()).isEqualTo(13);
    assertThat(Recordings.revisions(version, "heads").changesets()).isEqualTo(43);
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void everyDeltaMakesTheTextOfItsNode(String version) {
    Set<String> versions = new TreeSet<>();
    for (Scenario scenario : Scenario.all()) {
      if (scenario.repository().equals("empty")) {
        continue;
      }
      KnownRevisions revisions = Recordings.revisions(version, scenario.repository());
      for (Exchange exchange : Recordings.bundles(version, scenario.name())) {
        for (Part part : changegroups(exchange)) {
          revisions.check(part, Recordings.nodes(exchange, "common"));
          versions.add(part.parameters().getOrDefault("version", "none"));
        }
      }
    }

    assertThat(versions).contains("01", "02", "none");
    // Servers before 7.0 offer changegroups 03 only when that is switched on.
    assertThat(versions.contains("03")).isEqualTo(version.compareTo("7") >= 0);
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void bundlesDecodeTheSameInPiecesOfAnySize(String version) {
    for (Exchange exchange : Recordings.bundles(version, "pull")) {
      ByteString bundle = Payloads.stream(exchange);
      BundleContent whole = BundleContent.of(bundle);

      assertThat(BundleContent.of(bundle, 1)).isEqualTo(whole);
      assertThat(BundleContent.of(bundle, 7)).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void missingChangegroupVersionIsAnErrorInTheBundle(String version) {
    List<String> errors = new ArrayList<>();
    for (Exchange exchange : Recordings.bundles(version, "requests")) {
      ByteString bundle = Payloads.stream(exchange);
      if (Recordings.arguments(exchange).getOrDefault("bundlecaps", "").endsWith("09")) {
        assertThatExceptionOfType(WireProtocolException.class)
            .isThrownBy(() -> BundleContent.of(bundle))
            .matches(error -> error.code() == WireErrorCode.PEER_ERROR)
            .satisfies(error -> errors.add(error.getMessage()));
      }
    }

    assertThat(errors).singleElement().asString().contains("no common changegroup version");
  }

  private static List<Part> changegroups(Exchange exchange) {
    try {
      BundleContent content = BundleContent.of(Payloads.stream(exchange));
      return content.parts().stream().filter(part -> !part.groups().isEmpty()).toList();
    } catch (WireProtocolException error) {
      assertThat(error.code()).isEqualTo(WireErrorCode.PEER_ERROR);
      return List.of();
    }
  }
}
