// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code getbundle} of random changesets, from our server and from hg's: the same revisions. */
final class RandomBundlesTest {
  private static final String NULL = "0".repeat(40);
  private static final int BUNDLES = 60;
  private static final String[] VERSIONS = {"01", "02", "01%252C02%252C03"};

  private final Random random = new Random(20231126);
  private final RawClient client = new RawClient();

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void bundleOfAnythingHasWhatThatOfHgHas(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).grown(temporary.resolve("source"));
    List<String> nodes =
        hg.run(source, "log", "-r", "not secret()", "-T", "{node}\n").lines().toList();
    try (BothServers servers = new BothServers(hg, temporary, source, hg)) {
      Exchange everything =
          client.call(servers.theirs(), "getbundle", arguments(NULL, all(servers), "02"), "0.1");
      KnownRevisions revisions =
          new KnownRevisions(
              BundleContent.of(Payloads.stream(everything)).parts("changegroup").get(0));
      assertThat(revisions.changesets()).isEqualTo(32);
      IntendedDifferences differences = new IntendedDifferences(revisions);
      for (int i = 0; i < BUNDLES; i++) {
        String common = i % 4 == 0 ? NULL : some(nodes);
        String arguments = arguments(common, some(nodes), VERSIONS[i % VERSIONS.length]);
        Exchange theirs = client.call(servers.theirs(), "getbundle", arguments, "0.1");
        Exchange ours = client.call(servers.ours(), "getbundle", arguments, "0.1");
        differences.check(theirs, ours);
        if (i % 15 == 0) {
          assertApplies(hg, source, common, ours, i);
        }
      }
    }
  }

  private String all(BothServers servers) throws Exception {
    return client.text(servers.theirs(), "heads", "").strip().replace(' ', '+');
  }

  private String some(List<String> nodes) {
    return random
        .ints(1 + random.nextInt(3), 0, nodes.size())
        .mapToObj(nodes::get)
        .distinct()
        .collect(Collectors.joining("+"));
  }

  private static String arguments(String common, String heads, String versions) {
    return "bundlecaps=HG20%2Cbundle2%3DHG20%250Achangegroup%253D"
        + versions
        + "&cg=1&common="
        + common
        + "&heads="
        + heads;
  }

  /** Adds a bundle to a repository that has what is in common. */
  private void assertApplies(Hg hg, Path source, String common, Exchange ours, int number)
      throws Exception {
    Path repository = temporary.resolve("applied-" + number);
    hg.run(temporary, "init", repository.toString());
    for (String node :
        common.equals(NULL) ? Collections.<String>emptyList() : List.of(common.split("\\+"))) {
      hg.run(repository, "pull", "-q", "-r", node, source.toString());
    }
    ByteString bundle = Payloads.stream(ours);
    Path file = temporary.resolve("bundle-" + number + ".hg");
    Files.write(file, bundle.toByteArray());
    hg.run(repository, "unbundle", "-q", file.toString());
    hg.run(repository, "verify", "-q");
  }
}
