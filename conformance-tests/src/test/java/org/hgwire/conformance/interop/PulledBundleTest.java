// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.server.clonebundles.BundleFiles;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was pulled into a temporary repository becomes a bundle, as in {@code hgwire pull --out},
 * which each hg applies.
 */
final class PulledBundleTest {
  @TempDir Path temporary;
  private final Hg hg = RealHg.require(HgVersion.V5_6);
  private Path source = Path.of("");

  @BeforeEach
  void makeRepository() {
    source = new SampleRepositories(hg).rich(temporary.resolve("source"));
  }

  private Path bundle(String type, List<Node> bases) throws Exception {
    Path file = temporary.resolve(type + bases.size() + ".hg");
    try (HgServe serve = HgServe.v1(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        TemporaryRepositorySink sink = TemporaryRepositorySink.open(temporary)) {
      Pull.run(peer, sink);
      try (StoreRepository store = StoreRepository.open(sink.directory());
          OutputStream out = Files.newOutputStream(file)) {
        BundleFiles.write(store, List.of(), bases, Bundlespec.parse(type), out);
      }
    }
    return file;
  }

  private static List<String> log(Hg hg, Path repository) {
    String template = "{node} {p1node} {p2node}\n";
    return hg.run(repository, "log", "-r", "not secret()", "-T", template)
        .lines()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-v2", "gzip-v1"})
  void everyHgAppliesIt(String type) throws Exception {
    Node base = Node.fromHex(hg.run(source, "log", "-r", "5", "-T", "{node}"));
    Path whole = bundle(type, List.of());
    Path rest = bundle(type, List.of(base));
    assertThat(Files.size(rest)).isLessThan(Files.size(whole));
    List<String> expected = log(hg, source);
    for (HgVersion version : HgVersion.values()) {
      Hg applying = RealHg.require(version);
      Path target = temporary.resolve(type + version);
      applying.run(temporary, "init", target.toString());
      applying.run(target, "unbundle", "-q", whole.toString());
      assertThat(log(applying, target)).as("%s", version).isEqualTo(expected);
      Path onBase = temporary.resolve(type + version + "base");
      applying.run(
          temporary, "clone", "-q", "-U", "-r", base.hex(), source.toString(), onBase.toString());
      applying.run(onBase, "unbundle", "-q", rest.toString());
      assertThat(log(applying, onBase)).as("%s on base", version).isEqualTo(expected);
      applying.run(onBase, "verify", "-q");
    }
    assertThat(temporary.toFile().list()).noneMatch(name -> name.startsWith("hgwire-pull-"));
  }
}
