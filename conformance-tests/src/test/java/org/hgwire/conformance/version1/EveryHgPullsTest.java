// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each version of hg, over version 1, as a client of our server and of hg's own, both over the same
 * repository on disk: it gets the same, and says the same.
 */
final class EveryHgPullsTest {
  @TempDir Path temporary;

  static Stream<Arguments> clientsAndMakers() {
    return Arrays.stream(HgVersion.values())
        .flatMap(
            client -> Arrays.stream(HgVersion.values()).map(maker -> Arguments.of(client, maker)));
  }

  @ParameterizedTest(name = "{0} clones what {1} made")
  @MethodSource("clientsAndMakers")
  void cloneIsThatOfHg(HgVersion client, HgVersion maker) throws Exception {
    Hg making = RealHg.require(maker);
    Path source = new SampleRepositories(making).rich(temporary.resolve("source"));
    try (BothServers servers = new BothServers(RealHg.require(client), temporary, source, making)) {
      assertThat(servers.state(servers.cloned())).hasSize(28);
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void cloneOfAPublishingRepositoryIsPublic(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).rich(temporary.resolve("source"));
    hg.run(source, "phase", "--draft", "--force", "-r", "0");
    Path settings = source.resolve(".hg/hgrc");
    Files.delete(settings);
    try (BothServers servers = new BothServers(hg, temporary, source, hg)) {
      Path clone = servers.cloned();

      assertThat(hg.run(clone, "log", "-r", "not public()", "-T", "x")).isEmpty();
      assertThat(servers.sameOutput(clone, "outgoing", "@")).contains("no changes found");
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void pullFetchesWhatIsNewOrNamed(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    Path source = samples.rich(temporary.resolve("source"));
    Path clone;
    try (BothServers servers = new BothServers(hg, temporary, source, hg)) {
      clone = servers.cloned("-r", "8");
      servers.cloned("-r", "stable");
      servers.same(clone, "pull", "-r", "v1.0", "@");
      servers.same(clone, "pull", "-r", "6eff2a5a051e", "@");
      servers.same(clone, "pull", "-r", "24", "@");
      servers.same(clone, "pull", "-B", "draft", "@");
      servers.same(clone, "pull", "-b", "stable", "@");
      clone = servers.same(clone, "pull", "@");
      servers.same(clone, "pull", "@");
    }
    samples.addTo(source);
    try (BothServers servers =
        new BothServers(hg, Files.createDirectory(temporary.resolve("later")), source, hg)) {
      servers.same(clone, "pull", "@");
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void incomingOutgoingAndIdentifySayTheSame(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).rich(temporary.resolve("source"));
    try (BothServers servers = new BothServers(hg, temporary, source, hg)) {
      Path part = servers.cloned("-r", "8");
      servers.sameOutput(part, "incoming", "@");
      servers.sameOutput(part, "incoming", "-r", "stable", "-p", "@");
      servers.sameOutput(part, "incoming", "-B", "@");
      Path all = servers.cloned();
      assertThat(servers.sameOutput(all, "incoming", "@")).contains("no changes found");
      assertThat(servers.sameOutput(all, "incoming", "-B", "@")).contains("no changed bookmarks");
      hg.run(all, "update", "-q", "draft");
      hg.run(all, "commit", "-q", "-u", "me", "-m", "own", "--config", "ui.allowemptycommit=1");
      servers.sameOutput(all, "outgoing", "@");
      servers.sameOutput(all, "outgoing", "-B", "@");
      for (String name :
          new String[] {"tip", "v1.0", "draft", "mark on stable", "stable", "3", "-2", "null"}) {
        assertThat(servers.sameOutput(all, "identify", "-r", name, "@")).startsWith("0\n");
      }
      servers.sameOutput(all, "identify", "-i", "-n", "-b", "-t", "-B", "@");
      servers.sameOutput(all, "identify", "-r", "nothing", "@");
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void emptyRepositoryIsClonedAndPulledLater(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    Path source = samples.empty(temporary.resolve("source"));
    try (BothServers servers = new BothServers(hg, temporary, source, hg)) {
      Path clone = servers.cloned();
      servers.sameOutput(clone, "incoming", "@");
      servers.sameOutput(clone, "identify", "@");
      hg.run(source, "debugbuilddag", "-q", "-n", "+5");

      assertThat(servers.state(servers.same(clone, "pull", "@"))).hasSize(5);
    }
  }
}
