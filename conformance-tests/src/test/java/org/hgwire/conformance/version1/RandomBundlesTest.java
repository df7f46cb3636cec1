// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.hgwire.conformance.interop.BothServers;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgCommandServer;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.conformance.transcript.Exchange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code getbundle} of random changesets, from our server and from hg's: the same revisions. */
final class RandomBundlesTest {
  private static final String NULL = "0".repeat(40);
  private static final int BUNDLES = Integer.getInteger("randomBundles", 100);

  /** Every how many bundles hg adds one to a repository that has what is in common. */
  private static final int APPLIED = 10;

  private static final long SEED = Long.getLong("randomBundles.seed", 20_231_126);
  private static final String[] VERSIONS = {"01", "02", "01%252C02%252C03"};

  /** What the client has and what it gets, in a repository that pulled both from disk. */
  private static final String STATE =
      "{node} {p1node} {p2node} {author|json} {date|hgdate} {extras|json} {desc|json}"
          + " {manifest % '{node}'}\n";

  private final Random random = new Random(SEED);
  private final RawClient client = new RawClient();

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void bundleOfAnythingHasWhatThatOfHgHas(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).random(temporary.resolve("source"));
    try (HgCommandServer commands = HgCommandServer.start(hg);
        BothServers servers = BothServers.start(source, hg, List.of())) {
      String all = commands.run(source, "log", "-r", "not secret()", "-T", "{node}\n");
      List<String> nodes = all.lines().toList();
      KnownRevisions revisions =
          KnownRevisions.of(commands, source, "not secret() and not obsolete()");
      assertThat(revisions.changesets()).isEqualTo(nodes.size());
      IntendedDifferences differences = new IntendedDifferences(revisions);
      for (int i = 0; i < BUNDLES; i++) {
        String common = i % 4 == 0 ? NULL : some(nodes);
        String heads = some(nodes);
        String arguments = arguments(common, heads, VERSIONS[i % VERSIONS.length]);
        Exchange theirs = client.call(servers.theirs(), "getbundle", arguments, "0.1");
        Exchange ours = client.call(servers.ours(), "getbundle", arguments, "0.1");
        try {
          differences.check(theirs, ours);
          if (i % APPLIED == 0) {
            assertThat(applied(commands, source, common, ours, "ours-" + i))
                .isEqualTo(applied(commands, source, common, theirs, "theirs-" + i));
          }
        } catch (AssertionError e) {
          throw new AssertionError("bundle " + i + " of seed " + SEED + ": " + arguments, e);
        }
      }
    }
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

  /** Adds a bundle to a repository that has what is in common; returns what it has then. */
  private String applied(
      HgCommandServer hg, Path source, String common, Exchange exchange, String name)
      throws Exception {
    Path repository = temporary.resolve(name);
    hg.run(temporary, "init", name);
    if (!common.equals(NULL)) {
      String revisions = Arrays.stream(common.split("\\+")).collect(Collectors.joining(" or "));
      Path had = temporary.resolve(name + "-had.hg");
      hg.run(source, "bundle", "-q", "--base", "null", "-r", revisions, had.toString());
      hg.run(repository, "unbundle", "-q", had.toString());
    }
    Path file = temporary.resolve(name + ".hg");
    Files.write(file, Payloads.stream(exchange).toByteArray());
    hg.run(repository, "unbundle", "-q", file.toString());
    hg.run(repository, "verify", "-q");
    return hg.run(repository, "log", "-r", "sort(all(), node)", "-T", STATE);
  }
}
