// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault 12: each command of a multirequest is authorised, and its argument types are enforced. */
final class PermissionsTest {
  private ServerUnderTest server;

  @BeforeEach
  void start() throws Exception {
    server = ServerUnderTest.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> positions() {
    return Stream.of("ro", "rw")
        .flatMap(
            url ->
                Stream.of("writes", "forbidden")
                    .flatMap(
                        command ->
                            Stream.of(0, 1, 2)
                                .map(position -> Arguments.of(url, command, position))));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void everyCommandOfAMultirequestIsAuthorised(String url, String command, int position)
      throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lines.add(
          (2 * i + 1)
              + (i == 0 ? " 1 stream-begin" : " 1 0")
              + " command-request new cbor:{b'name': b'"
              + (i == position ? command + "'}" : "echo', b'args': {b'text': b'hi'}}"));
    }

    ServerResponse response =
        server.send(
            url + "/multirequest",
            BodyPublishers.ofByteArray(ServerUnderTest.frames(lines.toArray(String[]::new))));

    boolean runs = url.equals("rw") && command.equals("writes");
    for (int i = 0; i < 3; i++) {
      if (i != position) {
        assertThat(response.responseTo(2 * i + 1))
            .containsExactly(ServerResponse.OK, CborBytes.utf8("hi"));
      } else if (runs) {
        assertThat(response.responseTo(2 * i + 1))
            .containsExactly(ServerResponse.OK, CborInteger.of(1));
      } else {
        assertThat(response.errorOf(2 * i + 1)).contains("permission denied");
      }
    }
    assertThat(server.commands.writes).hasValue(runs ? 1 : 0);
    assertThat(server.commands.forbidden).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ro/writes", "ro/forbidden", "rw/forbidden"})
  void singleCommandIsAuthorised(String path) throws Exception {
    String name = path.substring(3);
    ServerResponse response =
        server.send(
            path,
            BodyPublishers.ofByteArray(
                ServerUnderTest.frames(
                    "1 1 stream-begin command-request new cbor:{b'name': b'" + name + "'}")));

    assertThat(response.errorOf(1)).contains("permission denied");
    assertThat(server.commands.writes).hasValue(0);
    assertThat(server.commands.forbidden).hasValue(0);
  }

  @Test
  void commandUrlAcceptsNoOtherCommand() throws Exception {
    String echo =
        "1 1 stream-begin command-request new cbor:{b'name': b'echo', b'args': {b'text': b'hi'}}";
    ServerResponse other =
        server.send("ro/nothing", BodyPublishers.ofByteArray(ServerUnderTest.frames(echo)));
    assertThat(other.status()).isEqualTo(400);
    ServerResponse two =
        server.send(
            "ro/echo",
            BodyPublishers.ofByteArray(
                ServerUnderTest.frames(
                    echo, echo.replaceFirst("1", "3").replace("stream-begin", "0"))));
    assertThat(two.status()).isEqualTo(400);
  }

  static Stream<Arguments> arguments() {
    return Stream.of(
        Arguments.of("{b'bytes': b'x', b'int': -1, b'bool': True, b'list': [1]}", true),
        Arguments.of("{b'dict': {b'k': 1}, b'set': {b'a', b'b'}}", true),
        Arguments.of("{b'set': [b'a']}", true),
        Arguments.of("{}", true),
        Arguments.of("{b'bytes': None}", true),
        Arguments.of("{b'bytes': 1}", false),
        Arguments.of("{b'bytes': [b'x']}", false),
        Arguments.of("{b'int': b'1'}", false),
        Arguments.of("{b'int': True}", false),
        Arguments.of("{b'bool': 1}", false),
        Arguments.of("{b'bool': b'true'}", false),
        Arguments.of("{b'list': {b'k': 1}}", false),
        Arguments.of("{b'dict': [1]}", false),
        Arguments.of("{b'set': b'a'}", false),
        Arguments.of("{b'set': {b'a', b'c'}}", false),
        Arguments.of("{b'set': [b'c']}", false),
        Arguments.of("{b'unknown': 1}", false),
        Arguments.of("{1: 1}", false),
        Arguments.of("{None: 1}", false));
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void argumentTypesAndValuesAreEnforced(String arguments, boolean sound) throws Exception {
    ServerResponse response =
        server.send(
            ServerUnderTest.frames(
                "1 1 stream-begin command-request new cbor:{b'name': b'typed', b'args': "
                    + arguments
                    + "}"));

    assertThat(server.commands.typed).hasValue(sound ? 1 : 0);
    if (sound) {
      assertThat(response.responseTo(1)).containsExactly(ServerResponse.OK, CborInteger.of(1));
    } else {
      assertThat(response.errorOf(1)).isNotEmpty().doesNotContain("Exception");
    }
  }

  @Test
  void missingArgumentIsRefused() throws Exception {
    ServerResponse response =
        server.send(
            ServerUnderTest.frames("1 1 stream-begin command-request new cbor:{b'name': b'echo'}"));

    assertThat(response.errorOf(1)).contains("text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "heads; {b'publiconly': 1}",
        "heads; {b'publiconly': b'yes'}",
        "heads; {b'nonsense': True}",
        "known; {b'nodes': [1]}",
        "changesetdata; {b'revisions': [], b'fields': {b'nonsense'}}",
        "manifestdata; {b'tree': b'', b'nodes': 1}",
      })
  void standardCommandArgumentsAreEnforced(String command, String arguments) throws Exception {
    ServerResponse response =
        server.send(
            ServerUnderTest.frames(
                "1 1 stream-begin command-request new cbor:{b'name': b'"
                    + command
                    + "', b'args': "
                    + arguments
                    + "}"));

    assertThat(response.errorOf(1)).isNotEmpty().doesNotContain("Exception", "server failed");
  }

  @Test
  void readMultirequestCannotMoveABookmark() throws Exception {
    MemoryRepository repository = MemoryRepository.publishing();
    Node node = repository.commit().write("a", "a").commit();
    byte[] pushkey =
        ServerUnderTest.frames(
            "1 1 stream-begin command-request new cbor:{b'name': b'pushkey', b'args':"
                + " {b'namespace': b'bookmarks', b'key': b'mark', b'old': b'', b'new': b'"
                + node.hex()
                + "'}}");
    try (ServerUnderTest bookmarks = ServerUnderTest.start(repository);
        Peer peer = Peer.connect(bookmarks.url())) {
      assertThat(bookmarks.send(pushkey).errorOf(1)).contains("permission denied");
      assertThat(peer.listkeys("bookmarks")).isEmpty();

      bookmarks.send("rw/multirequest", BodyPublishers.ofByteArray(pushkey));
      assertThat(peer.listkeys("bookmarks")).containsKey(ByteString.utf8("mark"));
    }
  }
}
