// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a real hg handles errors of our server: it aborts, prints why and rolls back; no traceback,
 * and no incomplete clone.
 *
 * <p>hg prints the message of an error status as a sentence. The message of an error frame is an
 * array of atoms, as the text requires and its own server sends; hg prints that array: {@code
 * abort: [{b'msg': b'…'}]!}.
 */
final class HgMeetsErrorsTest {
  private static final String LONG = "as long as a response of many frames ".repeat(3_000);

  @TempDir Path temporary;
  private final MemoryRepository repository = MemoryRepository.publishing();
  private Hg hg;

  @BeforeEach
  void findMercurial() {
    hg = RealHg.require();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void refusedCommandAbortsWithItsReason(String encoding) throws IOException {
    repository.commit().write("a", "a").commit();
    try (OurServer server = OurServer.of(repository, encoding)) {
      Hg.Result result =
          DebugWireProtocol.call(
              hg,
              temporary,
              server.url(),
              DebugWireProtocol.v2(encoding),
              "lookup",
              "key no such thing");

      assertAborted(result, "no such thing");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void refusalAfterTheFirstObjectAborts(String encoding) throws IOException {
    CommandDefinition breaks =
        CommandDefinition.named("breaks").permission(Permission.PULL).runs(call -> new OneObject());
    try (OurServer server =
        OurServer.of(repository, options -> options.command(breaks), encoding)) {
      Hg.Result result =
          DebugWireProtocol.call(
              hg, temporary, server.url(), DebugWireProtocol.v2(encoding), "breaks");

      assertAborted(result, "no second object");
      assertThat(result.output()).doesNotContain("response: ");
    }
  }

  /** Emits one object, then fails as a refused command. */
  private static final class OneObject implements ObjectSource {
    private boolean given;

    @Override
    public ResponseObject next() {
      if (given) {
        throw new CommandException("no second object");
      }
      given = true;
      return new ResponseObject.Value(CborBytes.utf8("the first"));
    }

    @Override
    public void close() {}
  }

  /** The revision that breaks, in each encoding. */
  static Stream<Arguments> faults() {
    return Stream.of("changeset", "manifest", "file")
        .flatMap(
            what ->
                Stream.of("zstd-8mb", "zlib", "identity")
                    .map(encoding -> Arguments.of(what, encoding)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faults")
  void brokenResponseAbortsAndLeavesNothing(String what, String encoding) throws IOException {
    Node first = repository.commit().message("first").write("a", "first").commit();
    try (OurServer server = OurServer.of(repository, encoding)) {
      List<String> v2 = DebugWireProtocol.v2(encoding);
      run(temporary, v2, "clone", "-U", server.url().toString(), "before").orThrow();
      Node second = repository.commit().message(LONG).write("a", LONG).commit();
      server.replace(new BreakingRepository(repository, revision(what, second)));

      Hg.Result cloned = run(temporary, v2, "clone", "-U", server.url().toString(), "clone");
      assertAborted(cloned, "internal server error; see the server log");
      assertThat(temporary.resolve("clone/.hg")).doesNotExist();

      Path before = temporary.resolve("before");
      Hg.Result pulled = run(before, v2, "pull");
      assertAborted(pulled, "internal server error; see the server log");
      assertThat(pulled.errors()).contains("transaction abort!", "rollback completed");
      assertThat(hg.run(before, "log", "-T", "{node}")).isEqualTo(first.hex());
      assertThat(hg.run(before, "verify")).contains("checked 1 changesets");

      server.replace(repository);
      run(before, v2, "pull").orThrow();
      assertThat(hg.run(before, "verify")).contains("checked 2 changesets with 2 changes to 1");
    }
  }

  private Node revision(String what, Node changeset) throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      int number = snapshot.changesets().revision(changeset);
      return switch (what) {
        case "changeset" -> changeset;
        case "manifest" -> snapshot.changesets().manifest(number);
        default -> Objects.requireNonNull(snapshot.changes(number).get(0).node());
      };
    }
  }

  @Test
  void version1ClientLearnsWhyItIsRefused() throws IOException {
    Node node = repository.commit().write("a", "a").commit();
    UnaryOperator<Command> refusing =
        inner ->
            call -> {
              throw new CommandException("this repository rests today");
            };
    try (OurServer server =
        OurServer.of(repository, options -> options.wrapCommand("heads", refusing))) {
      String url = server.url().toString();
      Hg.Result cloned = hg.tryRun(temporary, "", List.of("clone", url, "clone"));
      assertAborted(cloned, "this repository rests today");
      assertThat(temporary.resolve("clone")).doesNotExist();

      Hg.Result unknown = hg.tryRun(temporary, "", List.of("id", "-r", "nosuch", url));
      assertAborted(unknown, "unknown revision 'nosuch'");
      assertThat(hg.run(temporary, "id", "-r", "0", url)).startsWith(node.hex().substring(0, 12));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"changeset", "manifest", "file"})
  void brokenResponseOfVersion1AbortsAndLeavesNothing(String what) throws IOException {
    Node first = repository.commit().message("first").write("a", "first").commit();
    Node second =
        repository.commit().parent(first).message(LONG).write("a", LONG.repeat(9)).commit();
    try (OurServer server = OurServer.of(repository)) {
      server.replace(new BreakingRepository(repository, revision(what, second)));
      Hg.Result cloned =
          hg.tryRun(temporary, "", List.of("clone", "-U", server.url().toString(), "clone"));
      assertThat(cloned.status()).isEqualTo(255);
      assertThat(cloned.errors()).doesNotContain("Traceback", BreakingRepository.REASON);
      assertThat(temporary.resolve("clone/.hg")).doesNotExist();
    }
  }

  private Hg.Result run(Path directory, List<String> options, String... arguments) {
    List<String> line = new ArrayList<>(options);
    line.addAll(List.of(arguments));
    return hg.tryRun(directory, "", line);
  }

  private static void assertAborted(Hg.Result result, String why) {
    String said = result.output() + result.errors();
    assertThat(result.status()).isEqualTo(255);
    assertThat(result.errors()).contains("abort: ");
    assertThat(said)
        .contains(why)
        .doesNotContain("Traceback", "unknown exception", BreakingRepository.REASON);
  }
}
