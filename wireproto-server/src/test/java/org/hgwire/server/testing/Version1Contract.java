// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.core.command.Node;
import org.hgwire.server.CommandReport;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Version 1 of the protocol through an adapter: where its arguments and its late heads matter. */
public interface Version1Contract extends HttpAdapter {
  private static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private static HttpRequest.Builder request(URI root, String query) {
    return HttpRequest.newBuilder(root.resolve("?" + query)).timeout(Duration.ofSeconds(30));
  }

  private RunningServer start(MemoryRepository repository) throws Exception {
    return start(
        new HttpEndpoint(ServerOptions.builder(RepositoryResolver.atRoot(repository)).build()));
  }

  @Test
  default void argumentsOfVersion1AreReadWhereverTheyStand() throws Exception {
    MemoryRepository repository = MemoryRepository.publishing();
    String node = repository.commit().write("a", "a").commit().hex();
    String nodes = "nodes=" + (node + "+").repeat(10_000) + "12".repeat(Node.BYTES);
    try (RunningServer server = start(repository)) {
      HttpClient http = http();
      URI root = server.url();
      assertThat(
              http.send(request(root, "cmd=lookup&key=tip").build(), BodyHandlers.ofString())
                  .body())
          .isEqualTo("1 " + node + "\n");
      assertThat(
              http.send(
                      request(root, "cmd=lookup")
                          .header("X-HgArg-1", "key=t")
                          .header("X-HgArg-2", "ip")
                          .build(),
                      BodyHandlers.ofString())
                  .body())
          .isEqualTo("1 " + node + "\n");
      HttpResponse<String> posted =
          http.send(
              request(root, "cmd=known")
                  .header("X-HgArgs-Post", String.valueOf(nodes.length()))
                  .POST(BodyPublishers.ofString(nodes + "what follows is ignored"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(posted.statusCode()).isEqualTo(200);
      assertThat(posted.headers().allValues("Content-Type"))
          .containsExactly("application/mercurial-0.1");
      assertThat(posted.body()).isEqualTo("1".repeat(10_000) + "0");
    }
  }

  @Test
  default void argumentsThatBreakOffAreForgotten() throws Exception {
    MemoryRepository repository = MemoryRepository.publishing();
    try (RunningServer server = start(repository)) {
      try (RawClient raw = new RawClient(server)) {
        raw.send(
            "POST "
                + server.path()
                + "/?cmd=known HTTP/1.1\r\nHost: h\r\nX-HgArgs-Post: 100\r\n"
                + "Content-Length: 100\r\n\r\nnodes=");
      }
      assertThat(
              http()
                  .send(request(server.url(), "cmd=heads").build(), BodyHandlers.ofString())
                  .body())
          .isEqualTo(Node.NULL.hex() + "\n");
    }
  }

  @Test
  default void argumentsThatAreTooLongAreRefusedUnread() throws Exception {
    try (RunningServer server = start(MemoryRepository.publishing());
        RawClient raw = new RawClient(server)) {
      raw.send(
          "POST "
              + server.path()
              + "/?cmd=known HTTP/1.1\r\nHost: h\r\nX-HgArgs-Post: 5000000\r\n"
              + "Content-Length: 5000000\r\nExpect: 100-continue\r\n\r\n");
      RawClient.Response response = raw.read();
      if (response.status() == 100) {
        response = raw.read();
      }
      assertThat(response.status()).isEqualTo(413);
    }
  }

  /** Works for some pulls before its head is known, or for ever. */
  final class LateHead implements HttpExchange {
    private final int pullsBefore;
    private final AtomicInteger pulls = new AtomicInteger();
    private volatile boolean closed;

    LateHead(int pullsBefore) {
      this.pullsBefore = pullsBefore;
    }

    @Override
    public boolean wantsInput() {
      return false;
    }

    @Override
    public void receive(ByteBuffer data) {
      throw new IllegalStateException("no input is wanted");
    }

    @Override
    public void endOfInput() {}

    @Override
    public @Nullable ResponseHead responseHead() {
      return pulls.get() < pullsBefore
          ? null
          : new ResponseHead(200, HttpFields.of("Content-Type", "text/plain"), OptionalLong.of(4));
    }

    @Override
    public @Nullable ByteBuffer nextOutput() {
      int pull = pulls.incrementAndGet();
      if (pull == pullsBefore + 1) {
        return ByteBuffer.wrap("late".getBytes(StandardCharsets.US_ASCII));
      }
      return pull <= pullsBefore ? ByteBuffer.allocate(0) : null;
    }

    @Override
    public boolean finished() {
      return pulls.get() > pullsBefore;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  default void headIsFoundByPulling() throws Exception {
    for (int pulls : new int[] {1, 2, 50}) {
      try (RunningServer server = start(request -> new LateHead(pulls))) {
        HttpResponse<String> response =
            http().send(request(server.url(), "x").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("late");
        HttpResponse<String> posted =
            http()
                .send(
                    request(server.url(), "x").POST(BodyPublishers.ofString("unread")).build(),
                    BodyHandlers.ofString());
        assertThat(posted.body()).isEqualTo("late");
      }
    }
  }

  @Test
  default void clientThatLeavesBeforeTheHeadEndsTheWork() throws Exception {
    LateHead endless = new LateHead(Integer.MAX_VALUE);
    try (RunningServer server = start(request -> endless)) {
      try (RawClient raw = new RawClient(server)) {
        raw.send("GET " + server.path() + "/ HTTP/1.1\r\nHost: h\r\n\r\n");
        Eventually.holds("the exchange works", () -> endless.pulls.get() > 10);
        raw.resetOnClose();
      }
      if (noticesClientThatLeaves()) {
        Eventually.holds("the exchange is closed", () -> endless.closed);
      }
    }
    Eventually.holds("the exchange is closed", () -> endless.closed);
  }

  @Test
  default void bundleStopsWithItsClient() throws Exception {
    MemoryRepository repository = MemoryRepository.publishing();
    Node parent = null;
    for (int i = 0; i < 40; i++) {
      var commit = repository.commit().message("a change").write("a" + i, "line\n".repeat(100_000));
      parent = (parent == null ? commit : commit.parent(parent)).commit();
    }
    List<String> reports = new CopyOnWriteArrayList<>();
    ServerListener noting =
        new ServerListener() {
          @Override
          public void commandEnded(ServedRequest request, CommandReport report) {
            reports.add(report.name() + " " + report.outcome());
          }
        };
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository)).listener(noting).build();
    try (RunningServer server = start(new HttpEndpoint(options))) {
      HttpResponse<InputStream> response =
          http()
              .send(
                  request(server.url(), "cmd=getbundle")
                      .header("X-HgProto-1", "0.2 comp=none")
                      .build(),
                  BodyHandlers.ofInputStream());
      assertThat(response.headers().allValues("Content-Type"))
          .containsExactly("application/mercurial-0.2");
      readSome(response.body());
      assertThat(reports).isEmpty();
      response.body().close();
      Eventually.holds("the command ends", () -> !reports.isEmpty());
      assertThat(reports).containsExactly("getbundle CUT");
    }
  }

  private static void readSome(InputStream body) throws IOException {
    assertThat(body.readNBytes(5)).containsExactly(4, 'n', 'o', 'n', 'e');
  }
}
