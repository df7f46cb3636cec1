// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hgwire.conformance.faults.Conversation.Outcome;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault 5: the server decodes encoded requests and streams command data; data that is truncated is
 * refused.
 */
@Timeout(120)
final class EncodedRequestsTest {
  private static final String COUNTS =
      "1 1 stream-begin command-request new|have-data cbor:{b'name': b'counts'}";

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
  @CsvSource({"identity,zlib", "zlib,zlib", "zstd-8mb,zstd-8mb", "identity,zstd-8mb"})
  void encodedRequestsAndTheirDataAreDecoded(String responses, String requests) throws Exception {
    byte[] data = new byte[300_000];
    new Random(1).nextBytes(data);
    try (Conversation conversation = new Conversation(responses, requests)) {
      Outcome echoed = conversation.call(Conversation.echo("encoded"));
      Outcome counted = conversation.call(Conversation.request("counts"), data);
      Outcome again = conversation.call(Conversation.echo("again"));

      conversation.read(server.send(conversation.output()).body());

      assertThat(echoed.objects()).containsExactly(ServerResponse.OK, CborBytes.utf8("encoded"));
      assertThat(counted.objects()).containsExactly(ServerResponse.OK, CborInteger.of(data.length));
      assertThat(again.objects()).containsExactly(ServerResponse.OK, CborBytes.utf8("again"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd-8mb"})
  void corruptEncodedRequestIsRefused(String encoding) throws Exception {
    ServerResponse response =
        server.send(
            ServerUnderTest.frames(
                "1 1 stream-begin stream-settings eos cbor:b'" + encoding + "'",
                "1 1 encoded command-request new \\x78\\x9c\\xff\\xff\\xff\\xff garbage"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text()).hasLineCount(1);
  }

  @Test
  void commandDataReachesTheCommandBeforeItsEnd() throws Exception {
    byte[] first =
        ServerUnderTest.frames(COUNTS, "1 1 0 command-data continuation " + "x".repeat(40_000));
    byte[] last = ServerUnderTest.frames("1 1 0 command-data eos " + "y".repeat(10));
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.head("counts", first.length + last.length).send(first);

      assertThat(server.commands.firstData.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(connection.send(last).response().responseTo(1))
          .containsExactly(ServerResponse.OK, CborInteger.of(40_010));
    }
  }

  @Test
  void truncatedCommandDataIsRefusedAndAbandoned() throws Exception {
    ServerResponse response =
        server.send(
            ServerUnderTest.frames(COUNTS, "1 1 0 command-data continuation " + "x".repeat(1000)));

    assertThat(response.status()).isEqualTo(400);
    assertThat(server.commands.dataAbandoned.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void dataForACommandWithoutDataIsRefused() throws Exception {
    ServerResponse response =
        server.send(
            ServerUnderTest.frames(
                "1 1 stream-begin command-request new|have-data cbor:{b'name': b'nothing'}",
                "1 1 0 command-data eos " + "x".repeat(50_000)));

    assertThat(response.errorOf(1)).contains("accepts no data");
  }
}
