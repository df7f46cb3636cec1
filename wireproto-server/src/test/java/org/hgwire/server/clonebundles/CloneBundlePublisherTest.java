// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.clonebundles.ManifestLint;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.clonebundles.PublicationReport.Cause;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CloneBundlePublisherTest {
  private static final String BASE = "https://cdn.example.org/bundles/";

  @TempDir Path directory;
  private final MemoryRepository repository = MemoryRepository.publishing();
  private final List<String> made = new ArrayList<>();
  private final List<URI> checked = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private BundleCheck check = (url, size, sha512) -> checked.add(url);
  private FileContentStore store;
  private Path manifest = Path.of("");

  @BeforeEach
  void open() throws IOException {
    manifest = directory.resolve("manifest");
    store =
        FileContentStore.builder(
                RedirectTarget.of("bundles", URI.create(BASE)), directory.resolve("store"))
            .open();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private CloneBundlePublisherBuilder builder() {
    return CloneBundlePublisher.builder(store, manifest)
        .check((url, size, sha512) -> check.check(url, size, sha512))
        .temporary(directory)
        .clock(() -> now)
        .maker(
            (source, heads, type, out) -> {
              made.add(type.toString());
              out.write((type + " " + heads).getBytes(StandardCharsets.UTF_8));
            });
  }

  private PublicationReport publish() throws IOException {
    return builder().build().publish(repository);
  }

  private void commit(int changesets) {
    for (int i = 0; i < changesets; i++) {
      repository.commit().message("another").commit();
    }
  }

  private List<CloneBundleEntry> listed() throws IOException {
    return CloneBundleManifest.parse(ByteString.copyOf(Files.readAllBytes(manifest))).entries();
  }

  private long stored() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}")).count();
    }
  }

  private List<String> filesBeside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void listsWhatIsStoredWithItsDigest() throws IOException {
    commit(3);
    PublicationReport report = publish();

    assertThat(report.cause()).isEqualTo(Cause.FIRST);
    assertThat(report.changesets()).isEqualTo(3);
    assertThat(report.covered()).isEqualTo(3);
    CloneBundleEntry entry = listed().get(0);
    assertThat(report.published())
        .extracting(CloneBundleEntry::print)
        .containsExactly(entry.print());
    assertThat(entry.attribute("BUNDLESPEC")).isEqualTo("zstd-v2");
    ByteString sha256 = ByteString.fromHex(entry.url().substring(entry.url().length() - 64));
    byte[] content = Files.readAllBytes(store.file(sha256));
    assertThat(entry.attribute("DIGEST"))
        .isEqualTo(
            "sha512:" + ByteString.copyOf(HashAlgorithm.SHA512.newDigest().digest(content)).hex());
    assertThat(checked).containsExactly(URI.create(entry.url()));
    assertThat(ManifestLint.of(ByteString.copyOf(Files.readAllBytes(manifest)))).isEmpty();
    assertThat(filesBeside())
        .containsExactly("manifest", "manifest.lock", "manifest.state", "store");
  }

  @Test
  void keepsBundlesThatCoverEnough() throws IOException {
    commit(95);
    publish();
    commit(5);
    PublicationReport report = publish();
    assertThat(report.cause()).isEqualTo(Cause.CURRENT);
    assertThat(report.covered()).isEqualTo(95);
    assertThat(report.changesets()).isEqualTo(100);
    commit(1);
    assertThat(publish().cause()).isEqualTo(Cause.OUTDATED);
    assertThat(made).hasSize(2);
    assertThat(listed()).hasSize(1);
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void aThousandChangesetsAreEnoughToRenew() {
    assertThat(RenewalRule.DEFAULT.keeps(99_001, 100_000)).isTrue();
    assertThat(RenewalRule.DEFAULT.keeps(99_000, 100_000)).isFalse();
    assertThat(RenewalRule.DEFAULT.keeps(95, 100)).isTrue();
    assertThat(RenewalRule.DEFAULT.keeps(94, 100)).isFalse();
  }

  @Test
  void anEmptyRepositoryHasNoBundle() throws IOException {
    assertThat(publish().cause()).isEqualTo(Cause.EMPTY);
    assertThat(manifest).doesNotExist();
    assertThat(made).isEmpty();
  }

  @Test
  void olderBundlesAreDeletedAfterTheGraceTime() throws IOException {
    commit(1);
    publish();
    commit(10);
    publish();
    now = now.plus(Duration.ofDays(2)).minusSeconds(1);
    assertThat(publish().deleted()).isZero();
    now = now.plusSeconds(1);
    assertThat(publish().deleted()).isEqualTo(1);
    assertThat(stored()).isEqualTo(1);
    assertThat(publish().deleted()).isZero();
  }

  @Test
  void aRetiredBundleThatTheManifestListsIsKept() throws IOException {
    commit(1);
    publish();
    String before = Files.readString(manifest);
    commit(10);
    publish();
    Files.writeString(manifest, Files.readString(manifest) + before);
    now = now.plus(Duration.ofDays(30));
    assertThat(publish().deleted()).isZero();
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void bundlesOfWithdrawnChangesetsAreReplacedAndDeletedAtOnce() throws IOException {
    commit(100);
    Node secret = repository.commit().message("secret").commit();
    publish();
    String url = listed().get(0).url();
    repository.phase(secret, Phase.SECRET);

    PublicationReport report = publish();

    assertThat(report.cause()).isEqualTo(Cause.WITHDRAWN);
    assertThat(report.covered()).isEqualTo(100);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(stored()).isEqualTo(1);
    assertThat(listed()).singleElement().extracting(CloneBundleEntry::url).isNotEqualTo(url);
  }

  @Test
  void aManifestWithoutAnythingLeftIsEmpty() throws IOException {
    Node only = repository.commit().message("only").commit();
    publish();
    repository.phase(only, Phase.SECRET);
    assertThat(publish().cause()).isEqualTo(Cause.WITHDRAWN);
    assertThat(manifest).isEmptyFile();
    assertThat(stored()).isZero();
  }

  @Test
  void linesOfOthersStayAsTheyAre() throws IOException {
    String line = "https://other.example.org/a.hg BUNDLESPEC=gzip-v2 x=%e9\u00e9";
    Files.writeString(manifest, line + "\n", StandardCharsets.ISO_8859_1);
    commit(1);
    publish();
    commit(10);
    publish();
    assertThat(Files.readAllLines(manifest, StandardCharsets.ISO_8859_1))
        .hasSize(2)
        .last()
        .isEqualTo(line);
  }

  @Test
  void typesAreListedInTheirOrder() throws Exception {
    commit(1);
    List<Bundlespec> types = List.of(Bundlespec.parse("zstd-v2"), Bundlespec.parse("gzip-v1"));
    CloneBundlePublisher publisher = builder().types(types).build();
    publish();
    assertThat(publisher.publish(repository).cause()).isEqualTo(Cause.OUTDATED);
    assertThat(publisher.publish(repository).cause()).isEqualTo(Cause.CURRENT);
    assertThat(listed())
        .extracting(entry -> entry.attribute("BUNDLESPEC"))
        .containsExactly("zstd-v2", "gzip-v1");
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void aFailedCheckLeavesTheManifestAsItWas() throws IOException {
    commit(1);
    publish();
    ByteString before = ByteString.copyOf(Files.readAllBytes(manifest));
    commit(10);
    check =
        (url, size, sha512) -> {
          throw new IOException("another DIGEST");
        };
    assertThatIOException().isThrownBy(this::publish).withMessage("another DIGEST");
    assertThat(Files.readAllBytes(manifest)).isEqualTo(before.toByteArray());
    assertThat(filesBeside())
        .containsExactly("manifest", "manifest.lock", "manifest.state", "store");

    check = BundleCheck.NONE;
    now = now.plus(Duration.ofDays(3));
    PublicationReport report = publish();
    assertThat(report.cause()).isEqualTo(Cause.OUTDATED);
    assertThat(listed()).hasSize(1);
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void whatWasStoredInVainIsDeletedSomeDay() throws IOException {
    commit(1);
    check =
        (url, size, sha512) -> {
          throw new IOException("unreachable");
        };
    assertThatIOException().isThrownBy(this::publish);
    assertThat(stored()).isEqualTo(1);
    repository.commit().message("another").commit();
    check = BundleCheck.NONE;
    publish();
    now = now.plus(Duration.ofDays(2));
    assertThat(publish().deleted()).isEqualTo(1);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void aFailureWhileABundleIsMadeLeavesNothing() {
    commit(1);
    CloneBundlePublisher publisher =
        builder()
            .maker(
                (source, heads, type, out) -> {
                  out.write(1);
                  throw new IOException("the disk is damaged");
                })
            .build();
    assertThatIOException().isThrownBy(() -> publisher.publish(repository));
    assertThat(directory).isDirectoryNotContaining("glob:**hgwire-bundles-*");
    assertThat(manifest).doesNotExist();
  }

  @Test
  void onePublishesAtATime() throws Exception {
    commit(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    check =
        (url, size, sha512) -> {
          begun.countDown();
          await(proceed);
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<PublicationReport> first = thread.submit(this::publish);
      begun.await();
      assertThatIOException().isThrownBy(this::publish).withMessageContaining("already");
      proceed.countDown();
      assertThat(first.get().cause()).isEqualTo(Cause.FIRST);
    } finally {
      proceed.countDown();
      thread.shutdownNow();
    }
  }

  @Test
  void aStateThatIsSomethingElseIsNotOverwritten() throws IOException {
    commit(1);
    Path state = Files.writeString(directory.resolve("manifest.state"), "my notes\n");
    assertThatIOException().isThrownBy(this::publish).withMessageContaining("manifest.state");
    assertThat(state).hasContent("my notes\n");
    Files.delete(state);
    assertThat(publish().cause()).isEqualTo(Cause.FIRST);
  }

  @Test
  void withoutItsStateBundlesAreMadeAgain() throws IOException {
    commit(1);
    publish();
    Files.delete(directory.resolve("manifest.state"));
    assertThat(publish().cause()).isEqualTo(Cause.FIRST);
  }

  @Test
  void draftsOfARepositoryThatDoesNotPublishAreLeftOut() throws IOException {
    MemoryRepository drafts = MemoryRepository.nonPublishing();
    Node published = drafts.commit().message("public").commit();
    drafts.commit().parent(published).message("draft").commit();
    drafts.phase(published, Phase.PUBLIC);
    PublicationReport report = builder().build().publish(drafts);
    assertThat(report.changesets()).isEqualTo(1);
    assertThat(report.covered()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
