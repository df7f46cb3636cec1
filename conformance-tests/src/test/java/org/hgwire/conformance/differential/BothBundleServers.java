// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.hgwire.conformance.exchange.HttpConnection;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;

/** Our server and hg's, over one repository, of which bundles are requested. */
final class BothBundleServers implements Peers<BundleInput, BundleComparison> {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String NULL = "0".repeat(2 * Node.BYTES);

  private final URI theirs;
  private final URI ours;
  private final KnownRevisions revisions;
  private final List<String> hidden;

  /**
   * Compares two servers.
   *
   * @param revisions what may be served
   * @param hidden changesets that there are and that may not be served
   */
  BothBundleServers(URI theirs, URI ours, KnownRevisions revisions, List<String> hidden) {
    this.theirs = theirs;
    this.ours = ours;
    this.revisions = revisions;
    this.hidden = hidden;
  }

  @Override
  public Arbitrary<BundleInput> inputs() {
    Arbitrary<NavigableMap<String, String>> none = Arbitraries.just(new TreeMap<>());
    Arbitrary<NavigableMap<String, String>> all = none;
    all = and(all, "heads", 18, nodes());
    all =
        and(
            all,
            "common",
            18,
            Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(NULL)), Tuple.of(3, nodes())));
    all = and(all, "bundlecaps", 16, capabilities());
    all = and(all, "cg", 10, flags());
    all = and(all, "bookmarks", 6, flags());
    all = and(all, "phases", 6, flags());
    all = and(all, "obsmarkers", 4, flags());
    all = and(all, "cbattempted", 3, flags());
    all =
        and(
            all,
            "listkeys",
            5,
            Arbitraries.of("bookmarks", "phases", "namespaces", "nothing", "obsolete", "")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(names -> String.join(",", names)));
    all = and(all, "nonsense", 1, flags());
    return all.map(BundleInput::new);
  }

  /** Adds an argument in so many of twenty. */
  private static Arbitrary<NavigableMap<String, String>> and(
      Arbitrary<NavigableMap<String, String>> arguments,
      String name,
      int often,
      Arbitrary<String> values) {
    return Combinators.combine(arguments, Arbitraries.integers().between(1, 20), values)
        .as(
            (given, number, value) -> {
              NavigableMap<String, String> more = new TreeMap<>(given);
              if (number <= often) {
                more.put(name, value);
              }
              return more;
            });
  }

  private static Arbitrary<String> flags() {
    return Arbitraries.frequencyOf(
        Tuple.of(20, Arbitraries.just("1")),
        Tuple.of(6, Arbitraries.just("0")),
        Tuple.of(1, Arbitraries.just("")));
  }

  /** Nodes of the history, some of them several times; now and then one that is not served. */
  private Arbitrary<String> nodes() {
    Arbitrary<String> known =
        Arbitraries.of(
            revisions.nodes(Segment.CHANGESETS, ByteString.empty()).stream()
                .map(Node::hex)
                .toList());
    Arbitrary<String> others =
        Arbitraries.oneOf(
            Arbitraries.just(NULL),
            Arbitraries.of(hidden),
            Arbitraries.of("12".repeat(Node.BYTES), "f".repeat(2 * Node.BYTES)),
            Arbitraries.of("tip", "0", "12", "", "x".repeat(2 * Node.BYTES)));
    return Arbitraries.frequencyOf(Tuple.of(40, known), Tuple.of(1, others))
        .list()
        .ofMaxSize(4)
        .map(nodes -> String.join(" ", nodes));
  }

  private static Arbitrary<String> capabilities() {
    Arbitrary<String> each =
        Arbitraries.of(
            "HG20",
            "bookmarks",
            "changegroup%3D01",
            "changegroup%3D02",
            "changegroup%3D01%2C02",
            "changegroup%3D01%2C02%2C03",
            "changegroup%3D03",
            "changegroup%3D09",
            "listkeys",
            "phases%3Dheads",
            "obsmarkers%3DV0%2CV1",
            "obsmarkers%3DV1",
            "hgtagsfnodes",
            "rev-branch-cache",
            "digests%3Dmd5%2Csha1",
            "error%3Dabort%2Cunsupportedcontent",
            "stream%3Dv2",
            "nonsense%3D1");
    Arbitrary<String> begin =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.just("HG20,bundle2=HG20%0Achangegroup%3D01%2C02")),
            Tuple.of(1, Arbitraries.just("HG20,bundle2=HG20")));
    Arbitrary<String> quoted =
        Combinators.combine(begin, each.list().ofMaxSize(8))
            .as(
                (first, words) ->
                    first + (words.isEmpty() ? "" : "%0A" + String.join("%0A", words)));
    return Arbitraries.frequencyOf(
        Tuple.of(8, quoted), Tuple.of(1, Arbitraries.of("", "HG20", "nonsense", "HG10GZ,HG20")));
  }

  @Override
  public BundleComparison compare(BundleInput input) throws IOException {
    return new BundleComparison(
        input, outcome(theirs, input), outcome(ours, input), revisions, hidden);
  }

  private BundleOutcome outcome(URI url, BundleInput input) throws IOException {
    SentRequest request = input.request();
    try (HttpConnection connection = HttpConnection.open(url, TIMEOUT)) {
      return BundleOutcome.of(input, request, connection.exchange(request), revisions);
    }
  }

  @Override
  public List<BundleInput> smaller(BundleInput input) {
    return input.smaller();
  }
}
