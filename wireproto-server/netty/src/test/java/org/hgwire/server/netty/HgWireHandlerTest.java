// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ResourceLeakDetector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.WireLimits;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.testing.ScriptedExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored")
class HgWireHandlerTest {
  private static final String POST = "POST /x HTTP/1.1\r\nHost: h\r\n";

  private int steps;
  private final Queue<HttpExchange> responses = new ArrayDeque<>();
  private final List<RequestHead> asked = new ArrayList<>();
  private final SlowNetwork network = new SlowNetwork();
  private final ServerBudget budget = ServerBudget.of(WireLimits.defaults());
  private final EmbeddedChannel channel = newChannel();

  @BeforeAll
  static void watchForLeaks() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  @AfterEach
  void end() {
    network.release();
    channel.finishAndReleaseAll();
    channel.runPendingTasks();
  }

  /** Holds back what is written, as a socket does whose peer does not read. */
  private static final class SlowNetwork extends ChannelOutboundHandlerAdapter {
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private int flushes;

    @Override
    public void flush(ChannelHandlerContext context) {
      flushes++;
      context.flush();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (!holding) {
        context.write(message, promise);
        return;
      }
      context.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
      held.add(() -> context.writeAndFlush(message, promise));
    }

    void resume(EmbeddedChannel channel) {
      holding = false;
      releaseOne(Integer.MAX_VALUE);
      channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
      channel.runPendingTasks();
    }

    void releaseOne(int most) {
      for (int i = 0; i < most && !held.isEmpty(); i++) {
        held.remove(0).run();
      }
    }

    void release() {
      holding = false;
      releaseOne(Integer.MAX_VALUE);
    }
  }

  private EmbeddedChannel newChannel() {
    EmbeddedChannel made = new EmbeddedChannel();
    made.freezeTime();
    made.pipeline()
        .addLast(
            network,
            new HttpServerCodec(),
            new HgWireHandler(this::respond, budget, this::work, Timeouts.defaults()));
    made.runPendingTasks();
    return made;
  }

  private void work(Runnable step) {
    steps++;
    step.run();
  }

  private HttpExchange respond(RequestHead request) {
    asked.add(request);
    return responses.remove();
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    channel.runPendingTasks();
  }

  private String sent() {
    StringBuilder all = new StringBuilder();
    for (Object part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.append(((ByteBuf) part).toString(StandardCharsets.UTF_8));
      ReferenceCountUtil.release(part);
    }
    return all.toString();
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  @Test
  void aRequestIsAnsweredAndTheConnectionKept() {
    ScriptedExchange exchange = ScriptedExchange.text("hello");
    responses.add(exchange);
    send("GET /a?b HTTP/1.1\r\nHost: h\r\nX-One: 1\r\n\r\n");
    assertThat(sent())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-length: 5\r\n")
        .doesNotContain("connection:")
        .endsWith("\r\n\r\nhello");
    assertThat(asked.get(0).target()).isEqualTo("/a?b");
    assertThat(asked.get(0).fields().first("x-one")).isEqualTo("1");
    assertThat(exchange.isClosed()).isTrue();
    assertThat(channel.isOpen()).isTrue();
    responses.add(ScriptedExchange.text("again"));
    send("GET /c HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(sent()).endsWith("again");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    responses.add(ScriptedExchange.text("one"));
    responses.add(ScriptedExchange.afterBody("two"));
    responses.add(ScriptedExchange.text("three"));
    send(
        "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
            + "POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
            + "GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(sent()).containsSubsequence("one", "two", "three");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void aClientOfHttp10GetsAnEndInPlaceOfChunks() {
    responses.add(new ScriptedExchange(false, 2, new byte[] {'x'}, false));
    send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assertThat(sent())
        .contains("connection: close")
        .doesNotContain("chunked")
        .endsWith("\r\n\r\nxx");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aResponseOfUnknownLengthIsChunked() {
    responses.add(new ScriptedExchange(false, 2, new byte[] {'x'}, false));
    send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(sent())
        .contains("transfer-encoding: chunked")
        .endsWith("\r\n\r\n1\r\nx\r\n1\r\nx\r\n0\r\n\r\n");
  }

  @Test
  void aBodyInChunksIsPassedOnPieceByPiece() {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    responses.add(exchange);
    send(POST + "Transfer-Encoding: chunked\r\n\r\n");
    send("3\r\nabc\r\n");
    assertThat(exchange.received()).containsExactly("abc");
    send("2\r\nde\r\n");
    send("0\r\n\r\n");
    assertThat(exchange.received()).containsExactly("abc", "de");
    assertThat(sent()).endsWith("done");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void nothingIsReadThatTheExchangeDoesNotWant() {
    ReadCounter reads = new ReadCounter();
    channel.pipeline().addFirst(reads);
    ScriptedExchange exchange = ScriptedExchange.endless();
    network.holding = true;
    responses.add(exchange);
    int before = reads.count;
    send(POST + "Content-Length: 1000\r\n\r\nabc");
    assertThat(exchange.received()).isEmpty();
    assertThat(reads.count).isEqualTo(before);
  }

  private static final class ReadCounter extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext context) {
      count++;
      context.read();
    }
  }

  @Test
  void aClientThatWaitsToBeToldToContinueIsTold() {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    responses.add(exchange);
    send(POST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assertThat(sent()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    send("abc");
    assertThat(sent()).startsWith("HTTP/1.1 200 OK").endsWith("done");
  }

  @Test
  void aClientWhoseBodyIsNotWantedIsNotToldToContinue() {
    responses.add(ScriptedExchange.text("no"));
    send(POST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assertThat(sent()).startsWith("HTTP/1.1 200 OK").contains("connection: close").endsWith("no");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aBodyThatIsNotWantedIsPassedOverBeforeTheEnd() {
    responses.add(ScriptedExchange.text("no"));
    send(POST + "Content-Length: 6\r\n\r\nabc");
    assertThat(sent()).contains("connection: close").endsWith("no");
    assertThat(channel.isOpen()).isTrue();
    send("def");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aLineThatIsTooLongIs414() {
    send("GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(sent()).startsWith("HTTP/1.1 414 ");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void headersThatAreTooLongAre431() {
    send("GET / HTTP/1.1\r\nHost: h\r\nA: " + "a".repeat(9000) + "\r\n\r\n");
    assertThat(sent()).startsWith("HTTP/1.1 431 ");
    assertThat(channel.isOpen()).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void aClientThatDoesNotReadCostsOneBuffer() {
    ScriptedExchange exchange = ScriptedExchange.endless();
    responses.add(exchange);
    network.holding = true;
    send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    pass(5);
    assertThat(exchange.pulled()).isEqualTo(1);
  }

  @Test
  void aClientThatReadsAgainGetsTheRest() {
    ScriptedExchange exchange = new ScriptedExchange(false, 5, new byte[32 * 1024], true);
    responses.add(exchange);
    network.holding = true;
    send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(exchange.pulled()).isEqualTo(1);
    network.resume(channel);
    assertThat(exchange.pulled()).isEqualTo(5);
    assertThat(sent()).hasSizeGreaterThan(5 * 32 * 1024);
  }

  @Test
  void aClientThatVanishesStopsTheWork() {
    ScriptedExchange exchange = ScriptedExchange.endless();
    responses.add(exchange);
    network.holding = true;
    send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(exchange.isClosed()).isFalse();
    channel.close();
    channel.runPendingTasks();
    assertThat(exchange.isClosed()).isTrue();
  }

  @Test
  void aConnectionThatSaysNothingEndsAfterTheFirstFrameTime() {
    pass(9);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aConnectionBetweenRequestsEndsAfterTheIdleTime() {
    responses.add(ScriptedExchange.text("hello"));
    send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    pass(29);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aBodyThatNeverBeginsIs408AfterTheFirstFrameTime() {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    responses.add(exchange);
    send(POST + "Content-Length: 3\r\n\r\n");
    pass(9);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(sent()).startsWith("HTTP/1.1 408 ");
    assertThat(channel.isOpen()).isFalse();
    assertThat(exchange.isClosed()).isTrue();
  }

  @Test
  void aBodyThatStallsIs408AfterTheIdleTime() {
    responses.add(ScriptedExchange.afterBody("done"));
    send(POST + "Content-Length: 90000\r\n\r\n" + "a".repeat(80000));
    pass(29);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(sent()).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void aBodyThatDripsIs408AfterTheGrace() {
    responses.add(ScriptedExchange.afterBody("done"));
    send(POST + "Content-Length: 90000\r\n\r\na");
    for (int second = 1; second < 20; second++) {
      pass(1);
      send("a");
      assertThat(channel.isOpen()).as("after %s s", second).isTrue();
    }
    pass(1);
    assertThat(sent()).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void aBodyAtTheLeastRateIsTaken() {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    responses.add(exchange);
    send(POST + "Content-Length: 100000\r\n\r\n");
    for (int second = 0; second < 100; second++) {
      send("a".repeat(1000));
      pass(1);
    }
    assertThat(exchange.receivedBytes()).isEqualTo(100_000);
    assertThat(sent()).endsWith("done");
  }

  @Test
  void aResponseThatIsNotReadIsCutAfterTheStallTime() {
    ScriptedExchange exchange = ScriptedExchange.endless();
    HgWireHandler handler =
        new HgWireHandler(
            this::respond,
            budget,
            Runnable::run,
            Timeouts.defaults().withMinRate(0, Timeouts.defaults().rateWindow()));
    channel.pipeline().replace(HgWireHandler.class, "handler", handler);
    responses.add(exchange);
    network.holding = true;
    send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    pass(29);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(exchange.isClosed()).isTrue();
  }

  @Test
  void aResponseThatIsReadTooSlowlyIsCut() {
    ScriptedExchange exchange = ScriptedExchange.endless();
    responses.add(exchange);
    network.holding = true;
    send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    for (int second = 1; second < 20; second++) {
      pass(1);
      if (second == 10) {
        network.releaseOne(2);
      }
      assertThat(channel.isOpen()).as("after %s s", second).isTrue();
    }
    pass(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(exchange.isClosed()).isTrue();
  }

  @Test
  void aDrainedConnectionEndsAtOnceIfItIsIdle() {
    channel.pipeline().fireUserEventTriggered(HgWireHandler.Draining.DRAINING);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aDrainedConnectionEndsAfterTheResponseThatRuns() {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    responses.add(exchange);
    send(POST + "Content-Length: 3\r\n\r\n");
    channel.pipeline().fireUserEventTriggered(HgWireHandler.Draining.DRAINING);
    assertThat(channel.isOpen()).isTrue();
    send("abc");
    assertThat(sent()).contains("connection: close").endsWith("done");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void wholeRequestTakesOneStepAndOneFlush() {
    responses.add(new ScriptedExchange(true, 1, "done".getBytes(StandardCharsets.UTF_8), false));
    send(POST + "Content-Length: 4\r\n\r\nbody");

    assertThat(sent()).endsWith("\r\n\r\n4\r\ndone\r\n0\r\n\r\n");
    assertThat(steps).isEqualTo(1);
    assertThat(network.flushes).isEqualTo(1);
  }

  @Test
  void bodyIsKeptForAnExchangeThatWantsItLater() {
    responses.add(new LateExchange());
    send(POST + "Content-Length: 4\r\n\r\nbody");

    assertThat(sent()).endsWith("\r\n\r\nbody");
  }

  /** Wants the body after it was asked for output, and sends it back. */
  private static final class LateExchange implements HttpExchange {
    private boolean asked;
    private @Nullable ByteBuffer body;
    private boolean sent;

    @Override
    public boolean wantsInput() {
      return asked && body == null;
    }

    @Override
    public void receive(ByteBuffer data) {
      body = ByteBuffer.allocate(data.remaining()).put(data).flip();
    }

    @Override
    public void endOfInput() {}

    @Override
    public @Nullable ResponseHead responseHead() {
      return body == null ? null : new ResponseHead(200, HttpFields.empty(), OptionalLong.of(4));
    }

    @Override
    public @Nullable ByteBuffer nextOutput() {
      asked = true;
      if (body == null) {
        return ByteBuffer.allocate(0);
      }
      ByteBuffer next = sent ? null : body;
      sent = true;
      return next;
    }

    @Override
    public boolean finished() {
      return sent;
    }

    @Override
    public void close() {}
  }
}
