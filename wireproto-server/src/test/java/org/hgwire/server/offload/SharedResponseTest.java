// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.CacheableCalls;
import org.hgwire.server.EncodedObjects;
import org.hgwire.server.FakeCommands;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class SharedResponseTest {
  private static final int OBJECTS = 40;
  private static final int OBJECT_SIZE = 5_000;

  /** The size in bytes of an object that shares no slice with another. */
  private static final int LONG = 16 * 1024;

  private final MemoryRepository repository = MemoryRepository.publishing();
  private final FakeCommands commands = new FakeCommands();
  private Path directory = Path.of("unset");

  @BeforeEach
  @BeforeProperty
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("shared-response");
  }

  @AfterEach
  @AfterProperty
  void deleteDirectory() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private CacheableCall call(String name, FakeCommands.Objects objects) {
    return CacheableCalls.of(
        CommandDefinition.named(name)
            .permission(Permission.PULL)
            .cacheable()
            .runs(call -> commands.source(objects)),
        repository,
        CborMap.empty(),
        null);
  }

  private CacheableCall some(String name) {
    return call(name, index -> index < OBJECTS ? object(index) : null);
  }

  private static ResponseObject object(long index) {
    byte[] bytes = new byte[OBJECT_SIZE];
    new Random(index).nextBytes(bytes);
    return new ResponseObject.Value(new CborBytes(ByteString.copyOf(bytes)));
  }

  private static EncodedObjects open(ContentOffload cache, CacheableCall call) throws IOException {
    return ((ResponseOrigin.Inline) requireNonNull(cache.originOf(call))).objects();
  }

  private ByteString alone(CacheableCall call) throws IOException {
    return Origins.all(call.run());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock"))
          .toList();
    }
  }

  @Property(tries = 60)
  void readersSeeTheSameBytesWhateverTheOrderInWhichTheyRead(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 5) Integer> steps,
      @ForAll boolean tooLong)
      throws IOException {
    CacheableCall call = some("interleaved" + steps.hashCode() + tooLong);
    ByteString whole = alone(call);
    int most = tooLong ? whole.length() / 2 : whole.length();
    try (ContentOffload cache = ContentOffload.builder(directory).maxResponseBytes(most).open()) {
      List<EncodedObjects> readers = new ArrayList<>();
      List<ByteArrayOutputStream> got = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        readers.add(open(cache, call));
        got.add(new ByteArrayOutputStream());
      }
      for (int step : steps) {
        ByteBuffer piece = readers.get(step).next();
        if (piece != null) {
          got.get(step).writeBytes(Origins.bytes(piece));
        }
      }
      for (int i = 0; i < 6; i++) {
        got.get(i).writeBytes(Origins.rest(readers.get(i)).toByteArray());
        readers.get(i).close();
        assertThat(ByteString.copyOf(got.get(i).toByteArray())).isEqualTo(whole);
      }
      assertThat(commands.openSources).hasValue(0);
    }
  }

  @Test
  void commandRunsOnceForAllConcurrentClients() throws IOException {
    CacheableCall call = some("once");
    ByteString whole = alone(call);
    commands.made.set(0);
    try (ContentOffload cache = ContentOffload.builder(directory).open();
        EncodedObjects first = open(cache, call)) {
      assertThat(first.next()).isNotNull();
      assertThat(Origins.all(open(cache, call))).isEqualTo(whole);
      assertThat(commands.made).hasValue(OBJECTS + 1);
    }
  }

  @Test
  void stalledReaderDelaysNoOtherAndGetsEverything() throws IOException {
    CacheableCall call = some("stalled");
    ByteString whole = alone(call);
    try (ContentOffload cache = ContentOffload.builder(directory).open();
        EncodedObjects stalled = open(cache, call)) {
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      got.writeBytes(Origins.bytes(requireNonNull(stalled.next())));
      // The others finish, and the response is kept, while the first one does not read.
      assertThat(Origins.all(open(cache, call))).isEqualTo(whole);
      assertThat(commands.openSources).hasValue(0);
      assertThat(files()).hasSize(2);
      assertThat(Origins.all(open(cache, call))).isEqualTo(whole);
      got.writeBytes(Origins.rest(stalled).toByteArray());
      assertThat(ByteString.copyOf(got.toByteArray())).isEqualTo(whole);
    }
  }

  @Test
  void theCommandStopsWhenTheLastReaderLeaves() throws IOException {
    CacheableCall call = call("endless", FakeCommands::value);
    try (ContentOffload cache = ContentOffload.builder(directory).open()) {
      EncodedObjects first = open(cache, call);
      EncodedObjects second = open(cache, call);
      assertThat(first.next()).isNotNull();
      assertThat(second.next()).isNotNull();
      first.close();
      first.close();
      assertThat(commands.openSources).hasValue(1);
      assertThat(second.next()).isNotNull();
      second.close();
      assertThat(commands.openSources).hasValue(0);
      assertThat(files()).isEmpty();
      try (EncodedObjects again = open(cache, call)) {
        assertThat(again.next()).isNotNull();
        assertThat(commands.openSources).hasValue(1);
      }
    }
  }

  @Test
  void readersShareTheStepsOfCommandThatIsNotReady() throws IOException {
    CacheableCall call =
        call(
            "hesitant",
            index -> {
              if (index == 20) {
                return null;
              }
              return index % 5 == 4 ? object(index) : new ResponseObject.NotYet();
            });
    try (ContentOffload cache = ContentOffload.builder(directory).open();
        EncodedObjects first = open(cache, call);
        EncodedObjects second = open(cache, call)) {
      for (int steps = 1; steps <= 4; steps++) {
        assertThat(requireNonNull((steps % 2 == 0 ? first : second).next()).remaining()).isZero();
        assertThat(commands.made).hasValue(steps);
      }
      assertThat(requireNonNull(first.next()).remaining()).isPositive();
      assertThat(requireNonNull(second.next()).remaining()).isPositive();
      // the object, and that the next one is not ready
      assertThat(commands.made).hasValue(6);
      assertThat(Origins.rest(second)).isEqualTo(Origins.rest(first));
    }
  }

  @Test
  void repeatedCommandSkipsFewPiecesAtOnce() throws IOException {
    ResponseObject piece =
        new ResponseObject.Value(new CborBytes(ByteString.copyOf(new byte[LONG])));
    CacheableCall call = call("many", index -> index < 1000 ? piece : null);
    try (ContentOffload cache =
            ContentOffload.builder(directory).maxResponseBytes(900L * LONG).open();
        EncodedObjects first = open(cache, call);
        EncodedObjects second = open(cache, call)) {
      ByteString whole = Origins.rest(first);
      commands.made.set(0);
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      int calls = 0;
      for (ByteBuffer next = second.next(); next != null; next = second.next()) {
        got.writeBytes(Origins.bytes(next));
        calls++;
        assertThat(commands.made.get()).isLessThanOrEqualTo(calls * 100L);
      }
      assertThat(ByteString.copyOf(got.toByteArray())).isEqualTo(whole);
    }
  }

  @Test
  void allReadersFailAfterTheSameBytesAndNothingIsKept() throws IOException {
    CacheableCall call =
        call(
            "failing",
            index -> {
              if (index == 3) {
                throw new CommandException("no more");
              }
              return object(index);
            });
    try (ContentOffload cache = ContentOffload.builder(directory).open();
        EncodedObjects first = open(cache, call);
        EncodedObjects second = open(cache, call)) {
      for (EncodedObjects reader : List.of(first, second)) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        assertThatThrownBy(
                () -> {
                  for (ByteBuffer piece = reader.next(); piece != null; piece = reader.next()) {
                    got.writeBytes(Origins.bytes(piece));
                  }
                })
            .isInstanceOf(CommandException.class)
            .hasMessage("no more");
        assertThat(got.size()).isEqualTo(3 * (OBJECT_SIZE + 3));
      }
      assertThat(commands.openSources).hasValue(0);
      assertThat(files()).isEmpty();
    }
  }

  @RepeatedTest(20)
  void readersOnManyThreadsSeeTheSameBytes() throws Exception {
    CacheableCall call = some("threads");
    ByteString whole = alone(call);
    commands.made.set(0);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ContentOffload cache = ContentOffload.builder(directory).open();
        EncodedObjects held = open(cache, call)) {
      assertThat(held.next()).isNotNull();
      List<Callable<ByteString>> reads = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        reads.add(() -> Origins.all(open(cache, call)));
      }
      for (Future<ByteString> read : threads.invokeAll(reads)) {
        assertThat(read.get()).isEqualTo(whole);
      }
      assertThat(commands.made).hasValue(OBJECTS + 1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void responsesBeyondMaxRunningAreNotKept() throws IOException {
    CacheableCall call = call("endless", FakeCommands::value);
    try (ContentOffload cache = ContentOffload.builder(directory).maxRunning(1).open()) {
      EncodedObjects running = open(cache, call);
      assertThat(cache.originOf(some("other"))).isNull();
      running.close();
      open(cache, some("other")).close();
    }
  }
}
