// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.verify.RepositoryVerification;
import org.hgwire.store.verify.VerificationListener;
import org.hgwire.store.verify.VerificationSummary;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code hg verify} finds in a repository, ours finds. */
final class VerifiedRepositoriesTest {
  private static final int DAMAGES = 30;

  @TempDir Path temporary;

  private static final class Found implements VerificationListener {
    private final List<String> messages = new ArrayList<>();

    @Override
    public void damaged(StoreException fault) {
      messages.add(fault.getMessage());
    }

    @Override
    public void warned(String message) {
      messages.add("warning: " + message);
    }
  }

  private static String summary(Path root, Found found) throws IOException {
    VerificationSummary summary =
        RepositoryVerification.run(
            RepositoryDirectory.open(root), RevlogLimits.defaults(), 2, found);
    return "checked "
        + summary.changesets()
        + " changesets with "
        + summary.fileRevisions()
        + " changes to "
        + summary.files()
        + " files";
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void nothingIsWrongWithWhatMercurialWrote(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    for (Path root :
        List.of(
            samples.empty(temporary.resolve("empty")),
            samples.rich(temporary.resolve("rich")),
            samples.large(temporary.resolve("large")),
            samples.random(temporary.resolve("random")))) {
      Found found = new Found();
      String summary = summary(root, found);
      assertThat(found.messages).isEmpty();
      assertThat(hg.run(root, "verify")).contains(summary);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "V7_0"})
  void whatMercurialFindsIsFound(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path sound = new SampleRepositories(hg).rich(temporary.resolve("sound"));
    Random random = new Random(20);
    int foundByHg = 0;
    for (int i = 0; i < DAMAGES; i++) {
      Path root = temporary.resolve("damaged" + i);
      new SampleRepositories(hg).rich(root);
      String damage = damage(root.resolve(".hg/store"), random);
      boolean wrong = hg.tryRun(root, "", List.of("verify")).status() != 0;
      foundByHg += wrong ? 1 : 0;
      if (wrong) {
        assertThat(isFound(root)).as("%s, version %s", damage, version).isTrue();
      }
    }
    assertThat(foundByHg).isGreaterThan(DAMAGES / 2);
    assertThat(isFound(sound)).isFalse();
  }

  private static boolean isFound(Path root) throws IOException {
    Found found = new Found();
    try {
      summary(root, found);
    } catch (StoreException fault) {
      return true;
    }
    return !found.messages.isEmpty();
  }

  /** Damages a file of a store, and returns what it did. */
  private static String damage(Path store, Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(store)) {
      files = all.filter(file -> file.toString().matches(".*\\.[id]")).sorted().toList();
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(file);
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    switch (bytes.length == 0 ? 0 : random.nextInt(6)) {
      case 0 -> Files.delete(file);
      case 1 -> Files.write(file, Arrays.copyOf(bytes, at));
      case 2 -> Files.write(file, Arrays.copyOf(bytes, bytes.length - bytes.length % 64 / 2 - 1));
      default -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
      }
    }
    return store.relativize(file) + " at " + at + " of " + bytes.length;
  }
}
