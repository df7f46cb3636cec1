// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.UnknownNameException;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.pull.Wanted;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls of some revisions and bookmarks leave what {@code hg pull -r} and {@code -B} leave. */
final class WantedPullTest {
  @TempDir Path temporary;

  /** Who serves, and over which version of the protocol our client pulls. */
  enum From {
    HG_5_6_VERSION_1(HgVersion.V5_6, false, ProtocolVersion.VERSION_1),
    HG_5_6_VERSION_2(HgVersion.V5_6, false, ProtocolVersion.VERSION_2),
    NEWEST_HG(HgVersion.NEWEST, false, ProtocolVersion.VERSION_1),
    HGWIRE_VERSION_1(HgVersion.NEWEST, true, ProtocolVersion.VERSION_1),
    HGWIRE_VERSION_2(HgVersion.NEWEST, true, ProtocolVersion.VERSION_2);

    private final HgVersion version;
    private final boolean ours;
    private final ProtocolVersion spoken;

    From(HgVersion version, boolean ours, ProtocolVersion spoken) {
      this.version = version;
      this.ours = ours;
      this.spoken = spoken;
    }
  }

  /** Something to do with the URL of a server. */
  private interface Visit {
    void run(Hg hg, URI url) throws IOException;
  }

  private void visit(From from, Visit visit) throws IOException {
    Hg hg = RealHg.require(from.version);
    Path source = new SampleRepositories(hg).rich(temporary.resolve("source"));
    if (from.ours) {
      try (StoreRepository repository = StoreRepository.open(source);
          OurServer server = OurServer.of(repository)) {
        visit.run(hg, server.url());
      }
    } else {
      try (HgServe serve =
          from.version == HgVersion.V5_6 ? HgServe.v2(hg, source) : HgServe.v1(hg, source)) {
        visit.run(hg, serve.url());
      }
    }
  }

  private static PullSummary pull(From from, URI url, Path target, Wanted wanted)
      throws IOException {
    try (Peer peer = Peer.connect(url, PeerOptions.builder().protocol(from.spoken).build());
        RepositorySink sink = RepositorySink.open(target)) {
      return Pull.run(peer, sink, PullOptions.DEFAULT.withBatchSize(3).withWanted(wanted));
    }
  }

  private static void theirs(Hg hg, URI url, Path target, Wanted wanted) {
    List<String> arguments = new ArrayList<>(List.of("pull", "-q", url.toString()));
    wanted.revisions().forEach(name -> arguments.addAll(List.of("-r", name)));
    wanted.bookmarks().forEach(name -> arguments.addAll(List.of("-B", name)));
    hg.run(target, arguments.toArray(String[]::new));
  }

  /** Without divergent bookmarks, NAME@1, which our client does not make. */
  private static List<String> log(Hg hg, Path repository) {
    String template = "{node} {p1node} {p2node} {phase} {bookmarks}\n";
    return hg.run(repository, "log", "-T", template)
        .lines()
        .map(line -> line.replaceAll("\\w+@[0-9]+", "").strip())
        .sorted()
        .toList();
  }

  private void requireAlike(From from, Wanted... pulls) throws IOException {
    visit(
        from,
        (hg, url) -> {
          Path ours = temporary.resolve("ours");
          Path theirs = temporary.resolve("theirs");
          RepositorySink.open(ours).close();
          hg.run(temporary, "init", "theirs");
          for (Wanted wanted : pulls) {
            pull(from, url, ours, wanted);
            theirs(hg, url, theirs, wanted);
            assertThat(log(hg, ours)).as("%s", wanted).isEqualTo(log(hg, theirs)).isNotEmpty();
            assertThat(pull(from, url, ours, wanted)).isEqualTo(new PullSummary(0, 0, 0, 0));
          }
          hg.run(ours, "verify", "-q");
        });
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void ancestorsOfRevisionsArePulled(From from) throws IOException {
    requireAlike(
        from,
        Wanted.EVERYTHING.withRevision("2"),
        Wanted.EVERYTHING.withRevision("5").withRevision("stable"),
        Wanted.EVERYTHING);
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void bookmarksAreImportedAsTheServerHasThem(From from) throws IOException {
    visit(
        from,
        (hg, url) -> {
          Path ours = temporary.resolve("ours");
          Path theirs = temporary.resolve("theirs");
          Wanted root = Wanted.EVERYTHING.withRevision("0");
          Wanted tip = Wanted.EVERYTHING.withRevision("tip");
          hg.run(temporary, "init", "theirs");
          pull(from, url, ours, root);
          theirs(hg, url, theirs, root);
          pull(from, url, ours, tip);
          theirs(hg, url, theirs, tip);
          for (Path each : List.of(ours, theirs)) {
            hg.run(each, "bookmark", "-f", "-r", "0", "mark on stable");
            hg.run(each, "bookmark", "-f", "-r", "tip", "main");
          }
          assertThat(log(hg, ours)).isEqualTo(log(hg, theirs));
          for (String name : List.of("draft", "main")) {
            Wanted wanted = Wanted.EVERYTHING.withBookmark(name);
            pull(from, url, ours, wanted);
            theirs(hg, url, theirs, wanted);
            assertThat(log(hg, ours)).as(name).isEqualTo(log(hg, theirs));
          }
          assertThat(hg.run(ours, "log", "-r", "bookmark(main)", "-T", "{node}"))
              .isEqualTo(
                  hg.run(
                      temporary.resolve("source"), "log", "-r", "bookmark(main)", "-T", "{node}"));
          hg.run(ours, "verify", "-q");
        });
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void unknownNamesAreNamed(From from) throws IOException {
    visit(
        from,
        (hg, url) -> {
          Path ours = temporary.resolve("ours");
          assertThatThrownBy(() -> pull(from, url, ours, Wanted.EVERYTHING.withRevision("nope")))
              .isInstanceOfSatisfying(
                  UnknownNameException.class, e -> assertThat(e.name()).isEqualTo("nope"))
              .hasMessageStartingWith("The server has no revision nope");
          assertThatThrownBy(() -> pull(from, url, ours, Wanted.EVERYTHING.withBookmark("nope")))
              .isInstanceOf(UnknownNameException.class)
              .hasMessage("The server has no bookmark nope.");
          assertThat(hg.run(ours, "log")).isEmpty();
        });
  }
}
