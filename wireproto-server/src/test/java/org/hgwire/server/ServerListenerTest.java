// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events of requests that end in every way, and the line of the access log for each. */
class ServerListenerTest {
  private static final String FRAMING = "application/mercurial-exp-framing-0006";
  private static final String API = "/tides/api/exp-http-v2-0003/ro/";

  private final FakeCommands commands = new FakeCommands();
  private final FrameClient client = new FrameClient();
  private final List<String> events = new ArrayList<>();
  private final List<RequestReport> reports = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private Repository repository = MemoryRepository.publishing();
  private RepositoryResolver resolver =
      caller ->
          caller.path().equals("tides")
              ? RepositoryResolution.found(repository)
              : RepositoryResolution.notFound();

  @AfterEach
  void everythingIsClosed() {
    client.close();
    assertThat(commands.openSources).hasValue(0);
    assertThat(commands.openStreams).hasValue(0);
    assertThat(commands.openReceivers).hasValue(0);
  }

  /** Notes every event. */
  private final class Noting implements ServerListener {
    private long id;

    private void note(ServedRequest request, String event) {
      assertThat(request.id()).isEqualTo(id);
      events.add(event);
    }

    @Override
    public void requestBegun(ServedRequest request) {
      id = request.id();
      assertThat(request.caller().path()).isEmpty();
      note(request, "begun " + request.method() + " " + request.path());
    }

    @Override
    public void bytesReceived(ServedRequest request, long count) {
      note(request, "received");
    }

    @Override
    public void bytesSent(ServedRequest request, long count) {
      assertThat(count).isPositive();
      if (!events.get(events.size() - 1).equals("sent")) {
        note(request, "sent");
      }
    }

    @Override
    public void commandBegun(ServedRequest request, String command) {
      note(request, command + " begun in " + request.caller().path());
    }

    @Override
    public void commandRedirected(ServedRequest request, String command, String target) {
      note(request, command + " redirected to " + target);
    }

    @Override
    public void commandRefused(ServedRequest request, String command, String reason) {
      note(request, command + " refused: " + reason);
    }

    @Override
    public void commandFailed(ServedRequest request, String command, Throwable failure) {
      failures.add(failure);
      note(request, command + " failed");
    }

    @Override
    public void commandEnded(ServedRequest request, CommandReport report) {
      assertThat(report.duration()).isPositive();
      note(request, report.name() + " ended " + report.outcome());
    }

    @Override
    public void requestRefused(ServedRequest request, String reason) {
      note(request, "refused: " + reason);
    }

    @Override
    public void requestFailed(ServedRequest request, Throwable failure) {
      failures.add(failure);
      note(request, "failed at " + request.caller().path());
    }

    @Override
    public void requestEnded(ServedRequest request, RequestReport report) {
      assertThat(report.duration()).isPositive();
      reports.add(report);
      note(request, "ended " + report.outcome() + " " + report.status());
    }
  }

  private HttpEndpoint endpoint(UnaryOperator<ServerOptions.Builder> others) {
    return new HttpEndpoint(
        others
            .apply(
                commands
                    .addTo(ServerOptions.builder(resolver))
                    .listener(new Noting().andThen(AccessLog.to(lines::add))))
            .build());
  }

  private static RequestHead head(String method, String target, HttpFields fields) {
    InetSocketAddress address;
    try {
      address =
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7}), 4711);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
    return new RequestHead(method, target, fields, ClientConnection.tls(address, List.of()));
  }

  private static RequestHead post(String command) {
    return head(
        "POST",
        API + command,
        HttpFields.of("Accept", FRAMING)
            .with("Content-Type", FRAMING)
            .with("Authorization", "Basic YWxpY2U6czNjcmV0"));
  }

  /** Sends a request and reads its response to the end. */
  private RequestReport serve(HttpEndpoint endpoint, RequestHead request, byte[] body)
      throws IOException {
    long sent = 0;
    int status;
    try (HttpExchange exchange = endpoint.open(request)) {
      if (exchange.wantsInput()) {
        exchange.receive(ByteBuffer.wrap(body));
      }
      exchange.endOfInput();
      for (ByteBuffer next = exchange.nextOutput(); next != null; next = exchange.nextOutput()) {
        sent += next.remaining();
      }
      assertThat(exchange.finished()).isTrue();
      status = Objects.requireNonNull(exchange.responseHead()).status();
    }
    RequestReport report = last();
    assertThat(report.bytesSent()).isEqualTo(sent);
    assertThat(report.status()).isEqualTo(status);
    return report;
  }

  private RequestReport get(HttpEndpoint endpoint, String target) throws IOException {
    return serve(endpoint, head("GET", target, HttpFields.empty()), new byte[0]);
  }

  private RequestReport last() {
    return reports.get(reports.size() - 1);
  }

  private String line() {
    assertThat(lines).hasSameSizeAs(reports);
    return lines.get(lines.size() - 1).replaceAll("(in|out|ms)=[0-9]+", "$1=N");
  }

  @Test
  void servedCommands() throws IOException {
    client.call("echo");
    client.call("definite");
    byte[] body = client.bytes();

    RequestReport report = serve(endpoint(options -> options), post("multirequest"), body);

    assertThat(events)
        .containsExactly(
            "begun POST " + API + "multirequest",
            "received",
            "echo begun in tides",
            "echo ended COMPLETED",
            "sent",
            "definite begun in tides",
            "sent",
            "definite ended COMPLETED",
            "sent",
            "ended COMPLETED 200");
    assertThat(report.bytesReceived()).isEqualTo(body.length);
    assertThat(report.repository()).contains("tides");
    assertThat(report.commandCount()).isEqualTo(2);
    assertThat(report.commands())
        .extracting(CommandReport::objects)
        .containsExactly(OptionalLong.of(1), OptionalLong.of(2));
    assertThat(report.commands().get(1).bytes()).isGreaterThan(200_000);
    assertThat(line())
        .isEqualTo(
            "203.0.113.7 alice \"POST /tides/api/exp-http-v2-0003/ro/multirequest\" 200 completed"
                + " repository=tides commands=echo,definite in=N out=N ms=N");
  }

  @Test
  void commandsThatAreRefused() throws IOException {
    client.call("refuses-first");
    client.call("refuses-third");
    client.call("forbidden by a \"quote\"\n");
    client.call("push-something");

    RequestReport report =
        serve(endpoint(options -> options), post("multirequest"), client.bytes());

    assertThat(events)
        .contains(
            "refuses-first refused: no 100% today",
            "refuses-first ended REFUSED",
            "refuses-third refused: no more",
            "refuses-third ended REFUSED",
            "(unknown) begun in tides",
            "(unknown) refused: unknown wire protocol command:" + " forbidden by a \"quote\"\\x0a",
            "(unknown) ended REFUSED",
            "push-something ended REFUSED",
            "ended COMPLETED 200");
    assertThat(report.commands().get(1).objects()).hasValue(2);
    assertThat(line())
        .contains(
            " commands=refuses-first:refused,refuses-third:refused,(unknown):refused,"
                + "push-something:refused ");
  }

  @Test
  void commandsThatFail() throws IOException {
    client.call("breaks-first");
    client.call("breaks-third");

    serve(endpoint(options -> options), post("multirequest"), client.bytes());

    assertThat(events)
        .contains(
            "breaks-first failed",
            "breaks-first ended FAILED",
            "breaks-third failed",
            "breaks-third ended FAILED",
            "ended COMPLETED 200");
    assertThat(failures).hasSize(2).allMatch(failure -> failure.toString().contains("s3cret"));
    assertThat(line()).doesNotContain("s3cret").contains("breaks-third:failed");
  }

  private static ContentLocation location(String url) {
    return new ContentLocation(
        ByteString.utf8(url),
        ByteString.utf8("application/mercurial-cbor"),
        OptionalLong.empty(),
        List.of(),
        null,
        List.of(),
        List.of(),
        null);
  }

  @Test
  void commandThatIsRedirected() throws IOException {
    ByteString target = ByteString.utf8("cdn");
    client.call(
        CommandRequest.of("nothing", CborMap.empty()).withRedirect(CacheableCalls.offer("cdn")),
        false);

    serve(
        endpoint(
            options ->
                options.cacher(
                    call ->
                        new ResponseOrigin.Redirected(target, location("https://cdn.example/x")))),
        post("nothing"),
        client.bytes());

    assertThat(events).contains("nothing redirected to cdn", "nothing ended REDIRECTED");
    assertThat(last().commands().get(0).objects()).isEmpty();
    assertThat(line()).contains(" commands=nothing:redirected ");
  }

  @Test
  void commandWithData() throws IOException {
    int id = client.call("sink", CborMap.empty(), true);
    client.data(id, ByteBuffer.allocate(1000));
    client.endData(id);

    RequestReport report = serve(endpoint(options -> options), post("sink"), client.bytes());

    assertThat(events).contains("sink begun in tides", "sink ended COMPLETED");
    assertThat(report.bytesReceived()).isGreaterThan(1000);
  }

  @Test
  void requestWhoseReaderGoesAway() throws IOException {
    client.call("endless");
    client.call("echo");
    HttpExchange exchange = endpoint(options -> options).open(post("multirequest"));
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    exchange.endOfInput();
    while (Objects.requireNonNull(exchange.nextOutput()).remaining() == 0) {
      // no frame is full yet
    }
    exchange.close();
    exchange.close();

    assertThat(events)
        .containsSubsequence("endless begun in tides", "sent", "endless ended CUT", "ended CUT 200")
        .doesNotContain("echo begun in tides");
    assertThat(reports).hasSize(1);
    assertThat(line()).contains(" 200 cut ").contains(" commands=endless:cut ");
  }

  @Test
  void requestThatIsCutBeforeItsEnd() {
    client.call("echo");
    HttpExchange exchange = endpoint(options -> options).open(post("echo"));
    exchange.receive(ByteBuffer.wrap(client.bytes(), 0, 5));
    exchange.close();

    assertThat(events).containsExactly("begun POST " + API + "echo", "received", "ended CUT 0");
    assertThat(line()).contains(" - cut repository=tides commands=- ");
  }

  @Test
  void malformedInputIsARefusal() throws IOException {
    serve(endpoint(options -> options), post("echo"), new byte[64]);

    assertThat(events.get(2)).startsWith("refused: ");
    assertThat(last().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(last().status()).isEqualTo(400);
    assertThat(line()).contains(" 400 refused repository=tides ");
  }

  @Test
  void malformedInputAfterTheResponseBeganIsARefusal() throws IOException {
    WireLimits one = WireLimits.defaults().with(WireLimit.MAX_ACTIVE_REQUESTS, 1);
    client.call("echo");
    HttpExchange exchange = endpoint(options -> options.limits(one)).open(post("multirequest"));
    exchange.receive(ByteBuffer.wrap(client.bytes()));
    while (exchange.nextOutput() != null) {
      // read to the end
    }
    exchange.receive(ByteBuffer.wrap(new byte[64]));
    assertThatThrownBy(exchange::nextOutput).isInstanceOf(IOException.class);
    exchange.close();

    assertThat(events.stream().filter(event -> event.startsWith("refused: "))).hasSize(1);
    assertThat(events).contains("failed at tides");
    assertThat(last().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(last().status()).isEqualTo(200);
  }

  @Test
  void requestsThatAreRefused() throws IOException {
    get(endpoint(options -> options), "/nowhere?cmd=heads&secret=x");
    assertThat(events)
        .containsExactly(
            "begun GET /nowhere",
            "refused: there is no repository here",
            "sent",
            "ended REFUSED 404");
    assertThat(line())
        .isEqualTo(
            "203.0.113.7 - \"GET /nowhere\" 404 refused repository=- commands=- in=N out=N ms=N");
    get(
        endpoint(options -> options.accessControl(asked -> AccessDecision.passwordRequired("hg"))),
        "/tides?cmd=capabilities");
    assertThat(line()).contains(" 401 refused repository=tides commands=- ");
    get(endpoint(options -> options), "/%zz");
    assertThat(line()).contains("\"GET /%zz\" 400 refused repository=- ");
  }

  @Test
  void commandsOfVersion1() throws IOException {
    get(endpoint(options -> options), "/tides?cmd=capabilities");
    assertThat(events)
        .containsExactly(
            "begun GET /tides",
            "capabilities begun in tides",
            "capabilities ended COMPLETED",
            "sent",
            "ended COMPLETED 200");
    events.clear();
    get(
        endpoint(options -> options),
        "/tides?cmd=batch&cmds=heads+;lookup+key%3Dnosuch;known+nodes%3D");
    assertThat(events)
        .containsExactly(
            "begun GET /tides",
            "heads begun in tides",
            "heads ended COMPLETED",
            "lookup begun in tides",
            "lookup refused: unknown revision 'nosuch'",
            "lookup ended REFUSED",
            "known begun in tides",
            "known ended COMPLETED",
            "sent",
            "ended COMPLETED 200");
    get(endpoint(options -> options), "/tides?cmd=getbundle");
    assertThat(line()).contains(" 200 completed repository=tides commands=getbundle ");
    get(endpoint(options -> options), "/tides?cmd=branches");
    assertThat(events).contains("(unknown) begun in tides", "(unknown) ended REFUSED");
    assertThat(line()).contains(" 200 completed repository=tides commands=(unknown):refused ");
    get(endpoint(options -> options), "/tides?cmd=known&nodes=zz");
    assertThat(line()).contains(" 400 refused repository=tides commands=known:refused ");
    repository =
        () -> {
          throw new IOException("the disk is gone");
        };
    HttpFields upgrade =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v2-0003").with("X-HgProto-1", "cbor");
    serve(
        endpoint(options -> options), head("GET", "/tides?cmd=capabilities", upgrade), new byte[0]);
    assertThat(events).contains("capabilities failed", "capabilities ended FAILED");
    assertThat(line()).contains(" 500 failed ").contains(" commands=capabilities:failed ");
  }

  @Test
  void failureOfTheResolverHasTheRepositoryAndTheReason() throws IOException {
    resolver =
        caller -> {
          throw new IOException("the directory service does not respond");
        };
    get(endpoint(options -> options), "/tides?cmd=capabilities");

    assertThat(events)
        .containsExactly("begun GET /tides", "failed at tides", "sent", "ended FAILED 500");
    assertThat(failures).singleElement().asString().contains("directory service");
    assertThat(line()).contains(" 500 failed repository=- ");
  }

  @Test
  void failureOfAccessControlIsReported() throws IOException {
    get(
        endpoint(
            options ->
                options.accessControl(
                    asked -> {
                      throw new IllegalStateException("a bug");
                    })),
        "/tides?cmd=capabilities");
    assertThat(events).contains("failed at tides", "ended FAILED 500");
  }

  @Test
  void requestThatIsRedirected() throws IOException {
    resolver = caller -> RepositoryResolution.moved(URI.create("https://h.example/new"));
    get(endpoint(options -> options), "/tides?cmd=capabilities");

    assertThat(last().outcome()).isEqualTo(Outcome.REDIRECTED);
    assertThat(line()).contains(" 301 redirected ");
  }

  @Test
  void headRequestIsReported() throws IOException {
    RequestReport report =
        serve(
            endpoint(options -> options),
            head("HEAD", "/nowhere", HttpFields.empty()),
            new byte[0]);
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.bytesSent()).isZero();
  }

  @Test
  void reportListsABoundedNumberOfCommands() throws IOException {
    for (int i = 0; i < 70; i++) {
      client.call("nothing");
    }
    RequestReport report =
        serve(endpoint(options -> options), post("multirequest"), client.bytes());

    assertThat(report.commands()).hasSize(RequestReport.MAX_COMMANDS);
    assertThat(report.commandCount()).isEqualTo(70);
    assertThat(line()).contains("nothing,nothing,+62 ");
  }

  @Test
  void textOfTheClientIsEscapedInTheLog() throws IOException {
    HttpFields fields = HttpFields.of("Authorization", "Basic YSAiYgouOng=");
    serve(
        endpoint(options -> options),
        head("G\"T", "/%0a\u202e" + "x".repeat(1000), fields),
        new byte[0]);

    assertThat(line())
        .startsWith("203.0.113.7 a\\x20\\x22b\\x0a. \"G\\x22T /%0a\\xe2\\x80\\xae")
        .hasSizeLessThan(400)
        .matches("[\\x20-\\x7e…]+");
  }

  @Test
  void listenerThatThrowsHarmsNeitherTheRequestNorOtherListeners() throws IOException {
    ServerListener throwing =
        new ServerListener() {
          @Override
          public void requestBegun(ServedRequest request) {
            throw new IllegalStateException("a bug in a listener");
          }

          @Override
          public void requestEnded(ServedRequest request, RequestReport report) {
            throw new IllegalStateException("a bug in a listener");
          }
        };
    HttpEndpoint endpoint =
        new HttpEndpoint(
            ServerOptions.builder(resolver).listener(throwing.andThen(new Noting())).build());
    get(endpoint, "/tides?cmd=capabilities");
    assertThat(events).hasSize(5);
  }

  @Test
  void nothingIsAddedToNone() {
    ServerListener one = new ServerListener() {};
    assertThat(ServerListener.NONE.andThen(one)).isSameAs(one);
    assertThat(one.andThen(ServerListener.NONE)).isSameAs(one);
    assertThat(RequestEvents.silent().isSilent()).isTrue();
  }

  @Test
  void withoutListenerTheExchangeIsNotWrapped() {
    HttpEndpoint endpoint = new HttpEndpoint(ServerOptions.builder(resolver).build());
    try (HttpExchange exchange = endpoint.open(head("GET", "/nowhere", HttpFields.empty()))) {
      assertThat(exchange.getClass().getSimpleName()).isEqualTo("FixedExchange");
    }
  }
}
