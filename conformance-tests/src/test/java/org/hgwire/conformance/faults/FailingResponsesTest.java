// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ResponseObject;
import org.hgwire.conformance.faults.Conversation.Outcome;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.ErrorResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults 7, 8 and 9: a response that fails midway is an error and affects no other; a response
 * without objects completes.
 */
@Timeout(120)
final class FailingResponsesTest {
  private ServerUnderTest server;

  @BeforeEach
  void start() throws Exception {
    server = ServerUnderTest.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void failedResponseDoesNotLeakIntoTheNext(String encoding) throws Exception {
    try (Conversation conversation = new Conversation(encoding, "identity")) {
      Outcome before = conversation.call(Conversation.echo("before"));
      Outcome broken = conversation.call(Conversation.request("breaks"));
      Outcome after = conversation.call(Conversation.echo("after"));
      Outcome crashed = conversation.call(Conversation.request("crashes"));
      Outcome refused = conversation.call(Conversation.request("fails"));
      Outcome last = conversation.call(Conversation.echo("last"));

      conversation.read(server.send(conversation.output()).body());

      assertThat(before.objects()).containsExactly(ServerResponse.OK, CborBytes.utf8("before"));
      assertThat(after.objects()).containsExactly(ServerResponse.OK, CborBytes.utf8("after"));
      assertThat(last.objects()).containsExactly(ServerResponse.OK, CborBytes.utf8("last"));
      assertThat(List.of(before.ended, after.ended, last.ended)).containsOnly(true);
      assertThat(refused.ended).isTrue();
      assertThat(refused.objects().toString()).contains("error");
      // An error after the response has begun is an error, not the end of the response.
      assertThat(broken.ended || crashed.ended).isFalse();
      assertThat(error(broken)).isEqualTo(ErrorResponse.of(ErrorResponse.Type.COMMAND, "it broke"));
      assertThat(error(crashed).type()).isEqualTo(ErrorResponse.Type.SERVER);
      assertThat(error(crashed).message().render(1000)).doesNotContain("bug");
    }
  }

  private static ErrorResponse error(Outcome outcome) {
    assertThat(outcome.error).isNotNull();
    return outcome.error;
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void clientDeliversResponsesAndErrorsInAnyOrder(String encoding) throws Exception {
    PeerOptions options = PeerOptions.builder().encodings(ContentEncodings.named(encoding)).build();
    try (Peer peer = Peer.connect(URI.create(server.url()), options)) {
      Batch batch = peer.batch();
      List<CommandResponse> responses = new ArrayList<>();
      for (String name : List.of("breaks", "echo", "crashes", "nothing", "fails", "echo")) {
        responses.add(
            batch.call(
                name.equals("echo") ? Conversation.echo("text") : Conversation.request(name)));
      }
      batch.send();
      for (int index : new int[] {5, 4, 3, 2, 1, 0}) {
        CommandResponse response = responses.get(index);
        switch (response.command()) {
          case "echo" -> {
            assertThat(response.nextValue()).isEqualTo(CborBytes.utf8("text"));
            assertThat(response.next()).isNull();
          }
          case "nothing" -> assertThat(response.next()).isNull();
          default -> {
            CommandFailedException failure =
                catchThrowableOfType(
                    CommandFailedException.class,
                    () -> {
                      ResponseObject item = response.next();
                      while (item != null) {
                        assertThat(item)
                            .isEqualTo(new ResponseObject.Value(new CborBytes(OddCommands.DEAD)));
                        item = response.next();
                      }
                    });
            assertThat(failure).isNotNull();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void commandWithoutObjectsCompletes(String encoding) throws Exception {
    try (Conversation conversation = new Conversation(encoding, "identity")) {
      Outcome first = conversation.call(Conversation.request("nothing"));
      Outcome second = conversation.call(Conversation.request("nothing"));

      conversation.read(server.send(conversation.output()).body());

      assertThat(List.of(first.ended, second.ended)).containsOnly(true);
      assertThat(first.objects()).containsExactly(ServerResponse.OK);
      assertThat(second.objects()).containsExactly(ServerResponse.OK);
    }
  }
}
