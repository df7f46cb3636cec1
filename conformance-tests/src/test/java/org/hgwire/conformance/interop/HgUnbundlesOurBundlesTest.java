// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.server.bundle.BundleFormat;
import org.hgwire.server.bundle.BundleParts;
import org.hgwire.server.bundle.BundleRequest;
import org.hgwire.server.bundle.BundleSource;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.memory.MemoryCommit;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each hg applies the bundles that are made of a repository, as it applies its own. */
final class HgUnbundlesOurBundlesTest {
  private static final BundleFormat ZSTD =
      new BundleFormat.Hg20(ChangegroupVersion.V02, BundleCompression.ZSTD);
  private static final BundleFormat OLD = new BundleFormat.Hg10(BundleCompression.ZLIB);
  private static final BundleFormat PLAIN =
      new BundleFormat.Hg20(ChangegroupVersion.V02, BundleCompression.NONE);

  private final MemoryRepository repository = MemoryRepository.publishing();
  private final List<Node> nodes = new ArrayList<>();

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void bundlesAreAppliedAsItsOwnAre(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Random random = new Random(2);
    commit(random, 60);
    Path all = Files.createTempDirectory(directory, "all");
    hg.run(all, "init", ".");
    unbundle(hg, all, List.of(), List.of(), ZSTD);
    assertThat(log(hg, all)).hasSize(nodes.size());
    for (BundleFormat format : List.of(PLAIN, OLD)) {
      List<Node> common = List.of(any(random), any(random));
      List<Node> heads = List.of(any(random), any(random), nodes.get(nodes.size() - 1));
      Path target = Files.createTempDirectory(directory, "clone");
      hg.run(target, "init", ".");
      pull(hg, target, all, common);
      unbundle(hg, target, heads, common, format);
      Path pulled = Files.createTempDirectory(directory, "pulled");
      hg.run(pulled, "init", ".");
      pull(hg, pulled, all, common);
      pull(hg, pulled, all, heads);
      assertThat(log(hg, target))
          .as("%s, common %s, heads %s", format, common, heads)
          .isEqualTo(log(hg, pulled));
    }
  }

  private static List<String> log(Hg hg, Path repository) {
    String template =
        "{node} {p1node} {p2node} {desc} {manifest % '{node}'} {files('glob:**')|json}\n";
    return hg.run(repository, "log", "-T", template).lines().sorted().toList();
  }

  private static void pull(Hg hg, Path target, Path source, List<Node> heads) {
    List<String> arguments = new ArrayList<>(List.of("pull"));
    heads.forEach(head -> arguments.addAll(List.of("-r", head.hex())));
    arguments.add(source.toString());
    hg.run(target, arguments.toArray(String[]::new));
  }

  private void unbundle(
      Hg hg, Path target, List<Node> heads, List<Node> common, BundleFormat format)
      throws IOException {
    Path file = Files.createTempFile(directory, "ours", ".hg");
    BundleRequest request = new BundleRequest(heads, common, format, BundleParts.changegroupOnly());
    try (BundleSource source =
            BundleSource.open(
                repository, request, CommandSettings.defaults(), WireLimits.defaults());
        OutputStream output = Files.newOutputStream(file);
        WritableByteChannel channel = Channels.newChannel(output)) {
      for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
        channel.write(piece);
      }
    }
    hg.run(target, "unbundle", file.toString());
    assertThat(hg.run(target, "verify")).doesNotContain("warning");
  }

  private Node any(Random random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void commit(Random random, int count) throws IOException {
    while (nodes.size() < count) {
      MemoryCommit commit = repository.commit().message("changeset " + nodes.size());
      if (nodes.size() > 1) {
        Node parent = near(random);
        Node other = near(random);
        commit.parent(parent);
        if (!other.equals(parent) && random.nextInt(4) == 0) {
          commit.parents(parent, other);
        }
      }
      boolean merge = nodes.size() > 1;
      for (int path = 0; path < 5; path++) {
        if (merge || random.nextInt(2) == 0) {
          commit.write(
              ByteString.utf8("dir" + path % 2 + "/file" + path),
              ByteString.utf8("line\n".repeat(50) + random.nextInt(4) + "\n"),
              random.nextInt(5) == 0 ? ManifestFlag.EXECUTABLE : ManifestFlag.FILE);
        }
      }
      Node node = commit.commit();
      if (!nodes.contains(node)) {
        nodes.add(node);
      }
    }
  }

  private Node near(Random random) {
    return nodes.get(Math.max(0, nodes.size() - 1 - random.nextInt(6)));
  }
}
