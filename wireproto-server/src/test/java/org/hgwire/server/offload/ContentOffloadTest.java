// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.CacheableCalls;
import org.hgwire.server.EncodedObjects;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.command.standard.Callers;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentOffloadTest {
  private static final int SIZE = 100_000;
  private static final RedirectOffer OFFER = CacheableCalls.offer("cdn");

  @TempDir Path directory;

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final AtomicInteger runs = new AtomicInteger();
  private final CommandDefinition data = command(SIZE).cacheable().runs(call -> objects(SIZE));

  private CommandDefinition.Builder command(int size) {
    return CommandDefinition.named("data" + size)
        .permission(Permission.PULL)
        .argument("what", new ArgumentDescriptor(ByteString.utf8("bytes"), false, null, null))
        .argument("fields", ArgumentDescriptor.optional(ArgumentType.SET, CborSet.of(List.of())));
  }

  /** Objects that encode to {@code size} bytes, at least 6. */
  private ObjectSource objects(int size) {
    runs.incrementAndGet();
    byte[] bytes = new byte[size - 5];
    new Random(7).nextBytes(bytes);
    return ObjectSources.of(
        List.of(new ResponseObject.Value(new CborBytes(ByteString.copyOf(bytes)))));
  }

  private FileContentStore store(String target) throws IOException {
    return FileContentStore.builder(
            RedirectTarget.of(target, URI.create("https://" + target + ".example/c")),
            directory.resolve(target))
        .open();
  }

  private ContentOffloadBuilder cache() {
    return ContentOffload.builder(directory.resolve("cache")).threshold(SIZE);
  }

  private CacheableCall call(@Nullable RedirectOffer offer) {
    return call(data, repository, CborMap.empty(), offer);
  }

  private static CacheableCall call(
      CommandDefinition command,
      Repository repository,
      CborMap arguments,
      @Nullable RedirectOffer offer) {
    return CacheableCalls.of(command, repository, arguments, offer);
  }

  private static ByteString inline(ContentOffload cache, CacheableCall call) throws IOException {
    ResponseOrigin origin = requireNonNull(cache.originOf(call));
    assertThat(origin).isInstanceOf(ResponseOrigin.Inline.class);
    return Origins.all(((ResponseOrigin.Inline) origin).objects());
  }

  private static ContentLocation redirected(ContentOffload cache, CacheableCall call)
      throws IOException {
    ResponseOrigin origin = requireNonNull(cache.originOf(call));
    assertThat(origin).isInstanceOf(ResponseOrigin.Redirected.class);
    return ((ResponseOrigin.Redirected) origin).location();
  }

  @Test
  void advertisesTheTargetsOfItsStores() throws IOException {
    try (FileContentStore near = store("near");
        FileContentStore far = store("far");
        FileContentStore again = store("near");
        ContentOffload cache = cache().store(near).store(far).store(again).open();
        ContentOffload none = cache().version("2").open()) {
      assertThat(cache.targets()).containsExactly(near.target(), far.target());
      assertThat(cache.advertise(Callers.ANYBODY, repository))
          .isEqualTo(
              new RedirectCapabilities(
                  cache.targets(), List.of(ByteString.utf8("sha256"), ByteString.utf8("sha1"))));
      assertThat(none.targets()).isEmpty();
      assertThat(none.advertise(Callers.ANYBODY, repository)).isNull();
    }
  }

  @Test
  void firstIsInlineAndSecondIsRedirectedToTheSameBytes() throws IOException {
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      ByteString first = inline(cache, call(OFFER));
      ContentLocation second = redirected(cache, call(OFFER));

      assertThat(first.length()).isEqualTo(SIZE);
      assertThat(runs).hasValue(1);
      assertThat(second.url().utf8()).startsWith("https://cdn.example/c/");
      assertThat(second.mediaType().utf8()).isEqualTo("application/mercurial-cbor");
      assertThat(second.size()).hasValue(SIZE);
      assertThat(second.fullHashes()).hasSize(1);
      String path = URI.create(second.url().utf8()).getPath().substring("/c/".length());
      assertThat(Files.readAllBytes(directory.resolve("cdn").resolve(path)))
          .isEqualTo(first.toByteArray());
    }
  }

  @Test
  void redirectsOnlyToOfferedTargets() throws IOException {
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      ByteString first = inline(cache, call(null));

      assertThat(inline(cache, call(null))).isEqualTo(first);
      assertThat(inline(cache, call(CacheableCalls.offer("other")))).isEqualTo(first);
      assertThat(runs).hasValue(1);
      redirected(cache, call(OFFER));
    }
  }

  @Test
  void firstStoreWithAnOfferedTargetIsUsed() throws IOException {
    try (FileContentStore near = store("near");
        FileContentStore far = store("far");
        ContentOffload cache = cache().store(near).store(far).open()) {
      inline(cache, call(null));
      RedirectOffer both =
          new RedirectOffer(List.of(ByteString.utf8("far"), ByteString.utf8("near")), List.of());

      assertThat(redirected(cache, call(both)).url().utf8()).contains("//near.example");
      assertThat(redirected(cache, call(CacheableCalls.offer("far"))).url().utf8())
          .contains("//far.example");
    }
  }

  @Test
  void redirectsResponsesFromTheThresholdOn() throws IOException {
    CommandDefinition shorter = command(SIZE - 1).cacheable().runs(call -> objects(SIZE - 1));
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).threshold(SIZE).open()) {
      inline(cache, call(OFFER));
      inline(cache, call(shorter, repository, CborMap.empty(), OFFER));

      redirected(cache, call(OFFER));
      assertThat(inline(cache, call(shorter, repository, CborMap.empty(), OFFER)).length())
          .isEqualTo(SIZE - 1);
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void hashesAreInTheClientsOrderOrAllIfItNamesNone() throws IOException {
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      inline(cache, call(null));

      assertThat(hashNames(cache, "sha1", "md5", "sha256")).containsExactly("sha1", "sha256");
      assertThat(hashNames(cache, "sha256")).containsExactly("sha256");
      assertThat(hashNames(cache)).containsExactly("sha256", "sha1");
    }
  }

  @Test
  void clientsWithoutACommonHashAreNotRedirected() throws IOException {
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      inline(cache, call(null));

      assertThat(inline(cache, call(offerOf("md5", "crc32"))).length()).isEqualTo(SIZE);
      redirected(cache, call(offerOf("md5", "sha1")));
    }
  }

  @Test
  void segmentHashesGoOnlyToClientsThatNameTheirAlgorithm() throws IOException {
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      inline(cache, call(null));

      assertThat(redirected(cache, call(offerOf("sha256"))).segmentHashes()).isNotNull();
      assertThat(redirected(cache, call(offerOf("sha1"))).segmentHashes()).isNull();
    }
  }

  private List<String> hashNames(ContentOffload cache, String... wanted) throws IOException {
    return redirected(cache, call(offerOf(wanted))).fullHashes().stream()
        .map(hash -> hash.name().utf8())
        .toList();
  }

  private static RedirectOffer offerOf(String... hashes) {
    return new RedirectOffer(
        List.of(ByteString.utf8("cdn")), Stream.of(hashes).map(ByteString::utf8).toList());
  }

  @Test
  void commandsThatAreNotCacheableAreNotKept() throws IOException {
    CommandDefinition plain = command(8).runs(call -> objects(SIZE));
    CommandDefinition push =
        CommandDefinition.named("push")
            .permission(Permission.PUSH)
            .cacheable()
            .runs(call -> objects(SIZE));
    try (ContentOffload cache = cache().open()) {
      assertThat(cache.originOf(call(plain, repository, CborMap.empty(), OFFER))).isNull();
      assertThat(push.isCacheable()).isFalse();
      assertThat(cache.originOf(call(push, repository, CborMap.empty(), OFFER))).isNull();
    }
  }

  @Test
  void repositoriesWithoutIdAreNotCachedAndTwoNeverMix() throws IOException {
    Repository nameless =
        new Repository() {
          @Override
          public RepositorySnapshot snapshot() {
            return repository.snapshot();
          }
        };
    try (ContentOffload cache = cache().open()) {
      assertThat(cache.originOf(call(data, nameless, CborMap.empty(), null))).isNull();
      inline(cache, call(null));
      inline(cache, call(data, MemoryRepository.nonPublishing(), CborMap.empty(), null));
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void membersOfASetMayComeInAnyOrderAndAsAnArray() throws IOException {
    CborValue a = CborBytes.utf8("a");
    CborValue b = CborBytes.utf8("b");
    try (ContentOffload cache = cache().open()) {
      for (CborValue fields :
          List.of(
              CborSet.of(List.of(a, b)),
              CborSet.of(List.of(b, a)),
              CborArray.of(b, a),
              CborArray.of(a, b, a))) {
        CborMap arguments = CborMap.builder().put("fields", fields).build();
        inline(cache, call(data, repository, arguments, null));
      }
      assertThat(runs).hasValue(1);

      inline(
          cache,
          call(
              data,
              repository,
              CborMap.builder().put("fields", CborSet.of(List.of(a))).build(),
              null));
      inline(
          cache,
          call(data, repository, CborMap.builder().put("what", CborBytes.utf8("x")).build(), null));
      assertThat(runs).hasValue(3);
    }
  }

  @Test
  void hostAddsPartsToTheKeyOrKeepsNothing() throws IOException {
    AtomicInteger tenant = new AtomicInteger();
    KeyParts parts =
        (call, standard) ->
            tenant.get() < 0
                ? null
                : CborMap.builder()
                    .put("standard", standard)
                    .put("tenant", CborInteger.of(tenant.get()))
                    .build();
    try (ContentOffload cache = cache().keyParts(parts).open()) {
      inline(cache, call(null));
      tenant.set(1);
      inline(cache, call(null));
      inline(cache, call(null));
      assertThat(runs).hasValue(2);
      tenant.set(-1);
      assertThat(cache.originOf(call(null))).isNull();
    }
  }

  @Test
  void everyChangeOfTheRepositoryMakesAnotherResponse() throws IOException {
    try (ContentOffload cache = cache().open()) {
      Node node = repository.commit().write("f", "1\n").phase(Phase.DRAFT).commit();
      inline(cache, call(null));
      Node second = repository.commit().write("f", "2\n").phase(Phase.DRAFT).commit();
      inline(cache, call(null));
      repository.phase(node, Phase.PUBLIC);
      inline(cache, call(null));
      repository.bookmark("here", node);
      inline(cache, call(null));
      repository.hide(second);
      inline(cache, call(null));
      assertThat(runs).hasValue(5);
    }
  }

  @Test
  void keptResponsesSurviveARestartButNotAnotherVersion() throws IOException {
    ByteString first;
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      first = inline(cache, call(null));
    }
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      assertThat(inline(cache, call(null))).isEqualTo(first);
      redirected(cache, call(OFFER));
      assertThat(runs).hasValue(1);
    }
    try (ContentOffload cache = cache().version("2").open()) {
      inline(cache, call(null));
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void storeThatWasAddedLaterIsFilledFromTheCache() throws IOException {
    try (ContentOffload cache = cache().open()) {
      inline(cache, call(null));
    }
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).open()) {
      inline(cache, call(OFFER));
      redirected(cache, call(OFFER));
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void everyDamagedByteOfALocalFileIsDetectedAndNotServed() throws IOException {
    try (ContentOffload cache = cache().segmentSize(1024).open()) {
      ByteString first = inline(cache, call(null));
      for (int at : new int[] {0, 1023, 1024, 50_000, SIZE - 1}) {
        Path file = localFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);

        if (at < 1024) {
          // Found before the response begins: it is created again.
          assertThat(inline(cache, call(null))).isEqualTo(first);
        } else {
          ResponseOrigin origin = requireNonNull(cache.originOf(call(null)));
          EncodedObjects objects = ((ResponseOrigin.Inline) origin).objects();
          assertThatThrownBy(() -> Origins.all(objects))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("damaged");
          assertThat(inline(cache, call(null))).isEqualTo(first);
        }
      }
      assertThat(runs).hasValue(6);
    }
  }

  @Test
  void truncatedOrLostLocalFileIsCreatedAgain() throws IOException {
    try (ContentOffload cache = cache().open()) {
      ByteString first = inline(cache, call(null));
      Path file = localFile();
      Files.write(file, new byte[SIZE - 1]);
      assertThat(inline(cache, call(null))).isEqualTo(first);
      Files.delete(file);
      assertThat(inline(cache, call(null))).isEqualTo(first);
      assertThat(runs).hasValue(3);
    }
  }

  @Test
  void damagedIndexEntryCountsAsMissing() throws IOException {
    try (ContentOffload cache = cache().open()) {
      inline(cache, call(null));
      Path entry = onlyFile(directory.resolve("cache/responses"));
      byte[] bytes = Files.readAllBytes(entry);
      bytes[bytes.length - 1] ^= 1;
      Files.write(entry, bytes);
      inline(cache, call(null));
      assertThat(runs).hasValue(2);
    }
  }

  private Path localFile() throws IOException {
    return onlyFile(directory.resolve("cache/content"));
  }

  private static Path onlyFile(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      List<Path> all =
          files
              .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock"))
              .toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Test
  void errorsAreNotKept() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    CommandDefinition failing =
        command(9)
            .cacheable()
            .runs(
                call -> {
                  if (tries.getAndIncrement() == 0) {
                    throw new CommandException("not now");
                  }
                  return objects(SIZE);
                });
    try (ContentOffload cache = cache().open()) {
      CacheableCall call = call(failing, repository, CborMap.empty(), null);
      assertThatThrownBy(() -> inline(cache, call)).isInstanceOf(CommandException.class);
      assertThat(inline(cache, call).length()).isEqualTo(SIZE);
    }
  }

  @Test
  void responseFromAnotherStateIsNotKept() throws IOException {
    CommandDefinition racing =
        command(10)
            .cacheable()
            .runs(
                call -> {
                  repository.commit().write("f", "raced " + runs.get()).commit();
                  call.repository().snapshot().close();
                  return objects(SIZE);
                });
    try (ContentOffload cache = cache().open()) {
      assertThat(inline(cache, call(racing, repository, CborMap.empty(), null)).length())
          .isEqualTo(SIZE);
      try (Stream<Path> files = Files.walk(directory.resolve("cache"))) {
        assertThat(
                files.filter(
                    file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock")))
            .isEmpty();
      }
    }
  }

  @Test
  void tooLongResponsesAreInlineAndNotKept() throws IOException {
    try (ContentOffload kept = cache().maxResponseBytes(SIZE).open()) {
      inline(kept, call(null));
      inline(kept, call(null));
      assertThat(runs).hasValue(1);
    }
    try (ContentOffload tooSmall = cache().version("x").maxResponseBytes(SIZE - 1).open()) {
      assertThat(inline(tooSmall, call(OFFER)).length()).isEqualTo(SIZE);
      assertThat(runs).hasValue(2);
      assertThat(tooSmall.originOf(call(OFFER))).as("remembered as too long").isNull();
    }
  }

  @Test
  void localDiskIsBoundedAndTheLeastRecentlyUsedDeleted() throws IOException {
    try (FileContentStore store = store("cdn");
        ContentOffload cache = cache().store(store).maxLocalBytes(SIZE + SIZE / 2).open()) {
      inline(cache, call(OFFER));
      CommandDefinition other = command(SIZE - 100).cacheable().runs(call -> objects(SIZE - 100));
      inline(cache, call(other, repository, CborMap.empty(), OFFER));

      assertThat(Files.size(localFile())).isEqualTo(SIZE - 100);
      // What was deleted here is still in the store, and is created again for clients that cannot
      // go there.
      redirected(cache, call(OFFER));
      inline(cache, call(null));
      assertThat(runs).hasValue(3);
    }
  }

  @Test
  void abandonedResponseLeavesNothing() throws IOException {
    try (ContentOffload cache = cache().open()) {
      ResponseOrigin origin = requireNonNull(cache.originOf(call(null)));
      try (EncodedObjects objects = ((ResponseOrigin.Inline) origin).objects()) {
        assertThat(objects.next()).isNotNull();
      }
      try (Stream<Path> files = Files.walk(directory.resolve("cache"))) {
        assertThat(
                files.filter(
                    file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock")))
            .isEmpty();
      }
    }
  }

  @Test
  void storeThatDoesNotRespondHoldsUpOneRequestBriefly() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    List<String> faults = new CopyOnWriteArrayList<>();
    ContentStore silent =
        new ContentStore() {
          @Override
          public RedirectTarget target() {
            return RedirectTarget.of("cdn", URI.create("https://cdn.example/c"));
          }

          @Override
          public @Nullable PublishedContent find(ContentDescription content) throws IOException {
            asked.incrementAndGet();
            try {
              end.await();
            } catch (InterruptedException interrupted) {
              throw new InterruptedIOException();
            }
            return null;
          }

          @Override
          public void put(ContentDescription content, Path file) {}

          @Override
          public void close() {}
        };
    try (ContentOffload cache =
        cache()
            .storeInBackground(silent)
            .onStoreFault((target, reason, message) -> faults.add(reason + ": " + message))
            .open()) {
      ByteString first = inline(cache, call(null));
      long start = System.nanoTime();
      assertThat(inline(cache, call(OFFER))).isEqualTo(first);
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      assertThat(waited).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(6));
      for (int i = 0; i < 100; i++) {
        assertThat(inline(cache, call(OFFER))).isEqualTo(first);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start).minus(waited))
          .as("100 requests while the store rests")
          .isLessThan(Duration.ofSeconds(10));
      assertThat(asked).hasValue(1);
      assertThat(runs).as("inline from the file").hasValue(1);
      assertThat(faults)
          .singleElement()
          .asString()
          .startsWith("UNREACHABLE: the content store did not respond within 2000 ms");
    } finally {
      end.countDown();
    }
  }
}
