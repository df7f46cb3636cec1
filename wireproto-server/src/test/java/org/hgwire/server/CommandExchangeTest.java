// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandExchangeTest {
  private static final Repository UNREADABLE =
      () -> {
        throw new IOException("nobody should read this");
      };

  private static final String SEE_LOG =
      "; see the server log, or report this to the server's administrator";

  private final FakeCommands commands = new FakeCommands();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final FrameClient client = new FrameClient();
  private WireLimits limits = WireLimits.defaults();
  private AccessControl control = AccessControl.open();
  private long time;
  private long secondsALook;

  @AfterEach
  void everythingIsClosed() throws Exception {
    client.close();
    for (AutoCloseable each : opened) {
      each.close();
    }
    assertThat(commands.openSources).hasValue(0);
    assertThat(commands.openStreams).hasValue(0);
    assertThat(commands.openReceivers).hasValue(0);
  }

  private CommandExchange exchange(Permission granted, @Nullable String only) {
    ServerOptions options =
        commands
            .addTo(ServerOptions.builder(RepositoryResolver.atRoot(UNREADABLE)))
            .limits(limits)
            .accessControl(control)
            .build();
    CommandExchange made =
        new CommandExchange(
            options,
            new Authorization(control, Caller.of(ClientConnection.UNKNOWN, "", ""), UNREADABLE),
            new CommandScope(granted, only == null ? null : ByteString.utf8(only)),
            RequestEvents.silent(),
            () -> time += TimeUnit.SECONDS.toNanos(secondsALook));
    opened.add(made);
    return made;
  }

  private CommandExchange multirequest() {
    return exchange(Permission.PULL, null);
  }

  private void serve(CommandExchange exchange) throws IOException {
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    pull(exchange);
    assertThat(exchange.finished()).isTrue();
    client.end();
  }

  private static WireProtocolException faultOf(CommandExchange exchange) {
    return requireNonNull(exchange.fault());
  }

  private static ByteBuffer nextOf(CommandExchange exchange) throws IOException {
    return requireNonNull(exchange.nextOutput());
  }

  private void pull(CommandExchange exchange) throws IOException {
    for (ByteBuffer next = exchange.nextOutput(); next != null; next = exchange.nextOutput()) {
      client.receive(next);
    }
  }

  @Test
  void responseHasObjectsOfCommand() throws IOException {
    CborMap arguments = CborMap.builder().put("value", ByteString.utf8("x")).build();
    int id = client.call("echo", arguments, false);
    serve(exchange(Permission.PULL, "echo"));
    assertThat(client.said(id)).containsExactly("{h'76616c7565':h'78'}", "end");
  }

  @Test
  void responseWithoutObjectsIsStatusAlone() throws IOException {
    int id = client.call("nothing");
    serve(multirequest());
    assertThat(client.said(id)).containsExactly("end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void bytesAreStreamedInEveryEncoding(String encoding) throws IOException {
    try (FrameClient encoded = new FrameClient(encoding)) {
      int definite = encoded.call("definite");
      int indefinite = encoded.call("indefinite");
      int large = encoded.call("long");
      CommandExchange exchange = multirequest();
      exchange.receive(ByteBuffer.wrap(encoded.bytes()));
      exchange.endOfInput();
      for (ByteBuffer next = exchange.nextOutput(); next != null; next = exchange.nextOutput()) {
        encoded.receive(next);
      }
      assertThat(encoded.said(definite))
          .containsExactly("streamed 100000", "streamed 100000", "end");
      assertThat(encoded.said(indefinite))
          .containsExactly("streamed 70000", "streamed 70000", "end");
      assertThat(encoded.said(large)).hasSize(1001).endsWith("end");
    }
  }

  @Test
  void refusalBeforeFirstObjectIsTheStatus() throws IOException {
    int id = client.call("refuses-first");
    serve(multirequest());
    assertThat(client.said(id)).containsExactly("refused: no 100% today");
  }

  @ParameterizedTest
  @CsvSource({
    "refuses-third, 0|1|error COMMAND: no more",
    "breaks-first, error SERVER: internal server error",
    "breaks-third, 0|1|error SERVER: internal server error",
  })
  void failureIsAnErrorFrameAndAffectsNoOtherResponse(String command, String said)
      throws IOException {
    int before = client.call("echo");
    int failing = client.call(command);
    int after = client.call("definite");
    serve(multirequest());
    assertThat(client.said(before)).containsExactly("{}", "end");
    assertThat(String.join("|", client.said(failing)))
        .isEqualTo(said.endsWith("internal server error") ? said + SEE_LOG : said);
    assertThat(client.said(after)).containsExactly("streamed 100000", "streamed 100000", "end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "over"})
  void streamOfOtherLengthThanDeclaredFails(String command) throws IOException {
    int failing = client.call(command);
    int after = client.call("echo");
    serve(multirequest());
    assertThat(client.said(failing)).last().asString().startsWith("error SERVER: ");
    assertThat(client.said(after)).containsExactly("{}", "end");
  }

  @ParameterizedTest
  @CsvSource({
    "PULL, echo, ok", "PUSH, echo, ok",
    "PULL, push-something, denied", "PUSH, push-something, ok",
    "PULL, forgotten, denied", "PUSH, forgotten, denied",
    "PULL, nosuch, unknown", "PUSH, nosuch, unknown",
  })
  void commandIsAuthorisedSeparatelyAtEveryPosition(
      Permission granted, String command, String outcome) throws IOException {
    for (int position = 0; position < 3; position++) {
      try (FrameClient asking = new FrameClient()) {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          ids.add(asking.call(i == position ? command : "nothing"));
        }
        CommandExchange exchange = exchange(granted, null);
        exchange.receive(ByteBuffer.wrap(asking.bytes()));
        exchange.endOfInput();
        for (ByteBuffer next = exchange.nextOutput(); next != null; next = exchange.nextOutput()) {
          asking.receive(next);
        }
        for (int i = 0; i < 3; i++) {
          List<String> said = asking.said(ids.get(i));
          if (i != position) {
            assertThat(said).containsExactly("end");
          } else if (outcome.equals("ok")) {
            assertThat(said).last().isEqualTo("end");
          } else {
            assertThat(said).hasSize(1);
            assertThat(said.get(0))
                .startsWith(
                    outcome.equals("denied")
                        ? "refused: permission denied"
                        : "refused: unknown wire protocol command: nosuch");
          }
        }
      }
    }
  }

  @Test
  void accessControlDecidesOncePerCommand() throws IOException {
    List<String> asked = new ArrayList<>();
    control =
        request -> {
          asked.add(request.permission() + " " + request.command());
          return request.permission() == Permission.PULL
              ? AccessDecision.allowed()
              : AccessDecision.passwordRequired("x");
        };
    int pull = client.call("echo");
    int other = client.call("nothing");
    int push = client.call("push-something");
    int again = client.call("push-something");
    serve(exchange(Permission.PUSH, null));
    assertThat(client.said(pull)).last().isEqualTo("end");
    assertThat(client.said(other)).last().isEqualTo("end");
    assertThat(client.said(push)).last().asString().startsWith("refused: permission denied");
    assertThat(client.said(again)).last().asString().startsWith("refused: permission denied");
    assertThat(asked).containsExactly("PULL echo", "PULL nothing", "PUSH push-something");
  }

  @Test
  void wrongArgumentsAreRefused() throws IOException {
    int id = client.call("echo", CborMap.builder().put("value", CborInteger.of(1)).build(), false);
    serve(multirequest());
    assertThat(client.said(id)).hasSize(1).first().asString().startsWith("refused: ");
  }

  private CommandExchange failed(String only) {
    CommandExchange exchange = exchange(Permission.PULL, only);
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    assertThat(exchange.responding()).isFalse();
    assertThat(exchange.wantsInput()).isFalse();
    return exchange;
  }

  @Test
  void urlOfOneCommandAcceptsNoOther() {
    client.call("nothing");
    assertThat(failed("echo").fault()).hasMessage("command in frame must match command in URL");
  }

  @Test
  void urlOfOneCommandAcceptsItOnce() {
    client.call("echo");
    client.call("echo");
    assertThat(failed("echo").fault()).hasMessage("multiple commands cannot be issued to this URL");
    assertThat(commands.made).hasValue(0);
  }

  @Test
  void emptyBodyIsAFault() {
    CommandExchange exchange = multirequest();
    exchange.endOfInput();
    assertThat(faultOf(exchange).code()).isEqualTo(WireErrorCode.TRUNCATED);
    assertThat(exchange.responding()).isFalse();
  }

  @Test
  void truncatedBodyIsAFaultAndNothingRuns() {
    client.call("echo");
    client.call("echo");
    byte[] whole = client.bytes();
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(whole, 0, whole.length - 1));
    exchange.endOfInput();
    assertThat(exchange.fault()).isNotNull();
    assertThat(exchange.responding()).isFalse();
    assertThat(commands.made).hasValue(0);
  }

  @Test
  void outputBeginsWhenInputIsComplete() throws IOException {
    client.call("echo");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    assertThat(exchange.nextOutput()).isNull();
    assertThat(exchange.finished()).isFalse();
    assertThat(commands.made).hasValue(0);
    exchange.endOfInput();
    pull(exchange);
    assertThat(exchange.finished()).isTrue();
  }

  @Test
  void waitingRequestsAreServedBeforeMoreIsRead() throws IOException {
    limits = limits.with(WireLimit.MAX_ACTIVE_REQUESTS, 3);
    List<Integer> ids = new ArrayList<>();
    CommandExchange exchange = multirequest();
    for (int i = 0; i < 10; i++) {
      ids.add(client.call("echo"));
      while (!exchange.wantsInput()) {
        client.receive(nextOf(exchange));
      }
      exchange.receive(ByteBuffer.wrap(client.bytes()));
    }
    assertThat(commands.made.get()).isPositive();
    exchange.endOfInput();
    pull(exchange);
    for (int id : ids) {
      assertThat(client.said(id)).containsExactly("{}", "end");
    }
  }

  @Test
  void bytesOfWaitingRequestsAreBounded() {
    CommandExchange exchange = multirequest();
    byte[] large = new byte[1 << 20];
    int requests = 0;
    while (exchange.wantsInput() && requests < 50) {
      client.call("echo", CborMap.builder().put("value", ByteString.copyOf(large)).build(), false);
      exchange.receive(ByteBuffer.wrap(client.bytes()));
      requests++;
    }
    assertThat(requests).isEqualTo(4);
    assertThat(exchange.responding()).isTrue();
  }

  @Test
  void lateFaultIsAnErrorFramePerUnfinishedRequest() throws IOException {
    limits = limits.with(WireLimit.MAX_ACTIVE_REQUESTS, 2);
    int first = client.call("long");
    int second = client.call("echo");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    assertThat(exchange.responding()).isTrue();
    while (!exchange.wantsInput()) {
      client.receive(nextOf(exchange));
    }
    assertThat(client.said(first)).last().isEqualTo("end");
    byte[] nonsense = new byte[64];
    Arrays.fill(nonsense, (byte) 0xff);
    exchange.receive(ByteBuffer.wrap(nonsense));
    assertThat(exchange.fault()).isNotNull();
    pull(exchange);
    assertThat(exchange.finished()).isTrue();
    assertThat(client.said(second)).hasSize(1).first().asString().startsWith("error PROTOCOL: ");
  }

  @Test
  void lateFaultWithoutUnfinishedRequestCutsConnection() throws IOException {
    limits = limits.with(WireLimit.MAX_ACTIVE_REQUESTS, 1);
    client.call("echo");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    pull(exchange);
    exchange.receive(ByteBuffer.wrap(new byte[64]));
    assertThat(exchange.fault()).isNotNull();
    assertThatIOException().isThrownBy(exchange::nextOutput);
    assertThat(exchange.finished()).isFalse();
  }

  @Test
  void objectsAreProducedAsOutputIsPulled() throws IOException {
    client.call("long");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    for (int buffers = 1; buffers <= 20; buffers++) {
      assertThat(nextOf(exchange).remaining()).isPositive();
      assertThat(commands.made.get()).isLessThanOrEqualTo(buffers + 1);
    }
    exchange.close();
    assertThat(commands.openSources).hasValue(0);
    assertThat(exchange.nextOutput()).isNull();
  }

  @Test
  void partialFrameIsSentAfterASecond() throws IOException {
    client.call("pausing");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    assertThat(nextOf(exchange).remaining()).as("no frame is full yet").isZero();
    long madeBefore = commands.made.get();
    secondsALook = 1;
    assertThat(nextOf(exchange).remaining()).isBetween(1000, 10_000);
    assertThat(commands.made.get()).isEqualTo(madeBefore + 2);
  }

  @Test
  void callEndsWithEachObjectThatIsNotReady() throws IOException {
    int id = client.call("hesitant");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    for (int calls = 1; calls <= 4; calls++) {
      assertThat(nextOf(exchange).remaining()).isZero();
      assertThat(commands.made).hasValue(calls);
    }
    pull(exchange);
    client.end();
    assertThat(client.said(id)).containsExactly("4", "9", "14", "end");
  }

  @Test
  void commandMayRefuseAfterItWasNotReady() throws IOException {
    int id = client.call("hesitates-and-refuses");
    serve(multirequest());
    assertThat(client.said(id)).containsExactly("refused: no, after all");
  }

  @Test
  void closedExchangeEndsCommandThatIsNeverReady() throws IOException {
    client.call("undecided");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    for (int calls = 0; calls < 100; calls++) {
      assertThat(nextOf(exchange).remaining()).isZero();
    }
    exchange.close();
    assertThat(commands.made).hasValue(100);
    assertThat(commands.openSources).hasValue(0);
  }

  @Test
  void objectsBeforeOneThatIsNotReadyAreSentAfterASecond() throws IOException {
    int id = client.call("stuck");
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    assertThat(nextOf(exchange).remaining()).isZero();
    secondsALook = 1;
    client.receive(nextOf(exchange));
    assertThat(client.said(id)).containsExactly("1");
    assertThat(nextOf(exchange).remaining()).isZero();
  }

  @Test
  void dataIsPassedOnAsItArrives() throws IOException {
    int id = client.call("sink", CborMap.empty(), true);
    CommandExchange exchange = exchange(Permission.PULL, "sink");
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    for (int i = 1; i <= 5; i++) {
      client.data(id, ByteBuffer.allocate(100_000));
      exchange.receive(ByteBuffer.wrap(client.bytes()));
      assertThat(commands.data.get()).isGreaterThan((i - 1) * 100_000L);
    }
    client.endData(id);
    serve(exchange);
    assertThat(client.said(id)).containsExactly("{h'73697a65':500000}", "end");
  }

  @Test
  void refusedDataIsIgnored() throws IOException {
    int id = client.call("bad-sink", CborMap.empty(), true);
    client.data(id, ByteBuffer.allocate(1000));
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    client.data(id, ByteBuffer.allocate(1_000_000));
    client.endData(id);
    int after = client.call("echo");
    serve(exchange);
    assertThat(commands.abandoned).hasValue(1);
    assertThat(client.said(id)).containsExactly("refused: this data is not wanted");
    assertThat(client.said(after)).containsExactly("{}", "end");
  }

  @Test
  void dataOfCommandThatAcceptsNoneIsIgnored() throws IOException {
    int id = client.call("echo", CborMap.empty(), true);
    client.data(id, ByteBuffer.allocate(1000));
    client.endData(id);
    serve(multirequest());
    assertThat(client.said(id)).containsExactly("refused: the command echo accepts no data");
  }

  @Test
  void commandWithoutItsDataSeesTheEnd() throws IOException {
    int id = client.call("sink");
    serve(multirequest());
    assertThat(client.said(id)).containsExactly("{h'73697a65':0}", "end");
  }

  @Test
  void moreDataThanDeclaredIsAFault() throws IOException {
    int id = client.call("small-sink", CborMap.empty(), true);
    client.data(id, ByteBuffer.allocate(1001));
    client.endData(id);
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    assertThat(faultOf(exchange).code()).isEqualTo(WireErrorCode.LIMIT);
    assertThat(commands.abandoned).hasValue(1);
  }

  @Test
  void truncatedDataAbandonsTheReceiver() {
    int id = client.call("sink", CborMap.empty(), true);
    client.data(id, ByteBuffer.allocate(100_000));
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    assertThat(exchange.fault()).isNotNull();
    assertThat(exchange.responding()).isFalse();
    assertThat(commands.abandoned).hasValue(1);
  }

  @Test
  void closedExchangeAbandonsTheReceiver() {
    int id = client.call("sink", CborMap.empty(), true);
    client.data(id, ByteBuffer.allocate(100_000));
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.close();
    assertThat(commands.abandoned).hasValue(1);
  }

  @Test
  void tooManyCommandsWaitingForDataAreAFault() {
    CommandExchange exchange = multirequest();
    for (int i = 0; i <= limits.intOf(WireLimit.MAX_HALF_OPEN_REQUESTS); i++) {
      assertThat(exchange.fault()).isNull();
      client.call("sink", CborMap.empty(), true);
      exchange.receive(ByteBuffer.wrap(client.bytes()));
    }
    assertThat(faultOf(exchange).code()).isEqualTo(WireErrorCode.LIMIT);
    assertThat(commands.openReceivers).hasValue(0);
  }

  @Test
  void tenGibibytesOfDataAreStreamed() throws IOException {
    int id = client.call("sink", CborMap.empty(), true);
    CommandExchange exchange = multirequest();
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    client.data(id, ByteBuffer.allocate(1 << 20));
    byte[] frames = client.bytes();
    exchange.receive(ByteBuffer.wrap(frames));
    long once = commands.data.get();
    assertThat(once).isGreaterThan(900_000);
    long pushed = 1;
    while (commands.data.get() < 10L << 30) {
      exchange.receive(ByteBuffer.wrap(frames));
      pushed++;
      assertThat(commands.data.get()).as("all of it was passed on").isEqualTo(pushed * once);
    }
    exchange.close();
    assertThat(commands.abandoned).hasValue(1);
  }
}
