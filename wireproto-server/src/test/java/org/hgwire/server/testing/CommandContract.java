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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.AccessControl;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.FakeCommands;
import org.hgwire.server.FrameClient;
import org.hgwire.server.RepositoryResolution;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Permission;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

/** Commands through an adapter, and what the client sees when they are refused. */
public interface CommandContract extends HttpAdapter {
  /** The media type of frames. */
  String FRAMING = "application/mercurial-exp-framing-0006";

  private static Repository unread() {
    return () -> {
      throw new IOException("nobody should read this");
    };
  }

  private static ServerOptions.Builder options(FakeCommands commands) {
    return commands.addTo(ServerOptions.builder(RepositoryResolver.atRoot(unread())));
  }

  private RunningServer start(ServerOptions.Builder options) throws Exception {
    return start(new HttpEndpoint(options.build()));
  }

  private static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private static HttpRequest.Builder request(URI root, String permission, String command) {
    return HttpRequest.newBuilder(
            root.resolve("api/exp-http-v2-0003/" + permission + "/" + command))
        .timeout(Duration.ofSeconds(30))
        .header("Accept", FRAMING)
        .header("Content-Type", FRAMING);
  }

  private static HttpRequest request(URI root, String command, byte[] body) {
    return request(root, "ro", command).POST(BodyPublishers.ofByteArray(body)).build();
  }

  @Test
  default void commandsAreServed() throws Exception {
    try (RunningServer server = start(options(new FakeCommands()))) {
      HttpClient http = http();
      for (int round = 0; round < 3; round++) {
        try (FrameClient client = new FrameClient("zstd-8mb")) {
          int streamed = client.call("definite");
          int echoed = client.call("echo");
          HttpResponse<byte[]> response =
              http.send(
                  request(server.url(), "multirequest", client.bytes()),
                  BodyHandlers.ofByteArray());
          assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
          assertThat(response.statusCode()).isEqualTo(200);
          assertThat(response.headers().allValues("Content-Type")).containsExactly(FRAMING);
          client.receive(ByteBuffer.wrap(response.body()));
          assertThat(client.said(streamed))
              .containsExactly("streamed 100000", "streamed 100000", "end");
          assertThat(client.said(echoed)).containsExactly("{}", "end");
        }
      }
    }
  }

  @Test
  default void nonsenseIs400WithOneLine() throws Exception {
    try (RunningServer server = start(options(new FakeCommands()))) {
      HttpResponse<String> nonsense =
          http().send(request(server.url(), "echo", new byte[] {1, 2, 3}), BodyHandlers.ofString());
      assertThat(nonsense.statusCode()).isEqualTo(400);
      assertThat(nonsense.body().lines()).hasSize(1);
    }
  }

  @Test
  default void bodyInChunksIsServed() throws Exception {
    try (RunningServer server = start(options(new FakeCommands()));
        FrameClient client = new FrameClient()) {
      int echoed = client.call("echo");
      byte[] frames = client.bytes();
      List<byte[]> pieces = new CopyOnWriteArrayList<>();
      for (byte each : frames) {
        pieces.add(new byte[] {each});
      }
      HttpResponse<byte[]> response =
          http()
              .send(
                  request(server.url(), "ro", "echo")
                      .POST(BodyPublishers.ofByteArrays(pieces))
                      .build(),
                  BodyHandlers.ofByteArray());
      client.receive(ByteBuffer.wrap(response.body()));
      assertThat(client.said(echoed)).containsExactly("{}", "end");
    }
  }

  @Test
  default void dataOfCommandIsStreamed() throws Exception {
    FakeCommands commands = new FakeCommands();
    try (RunningServer server = start(options(commands));
        FrameClient client = new FrameClient()) {
      int sink = client.call("sink", CborMap.empty(), true);
      client.data(sink, ByteBuffer.allocate(3_000_000));
      client.endData(sink);
      HttpResponse<byte[]> response =
          http().send(request(server.url(), "sink", client.bytes()), BodyHandlers.ofByteArray());
      client.receive(ByteBuffer.wrap(response.body()));
      assertThat(client.said(sink)).containsExactly("{h'73697a65':3000000}", "end");
      assertThat(commands.data).hasValue(3_000_000);
    }
  }

  @Test
  default void uploadThatBreaksOffIsAbandoned() throws Exception {
    FakeCommands commands = new FakeCommands();
    try (RunningServer server = start(options(commands));
        FrameClient client = new FrameClient()) {
      int sink = client.call("sink", CborMap.empty(), true);
      client.data(sink, ByteBuffer.allocate(1_000_000));
      byte[] frames = client.bytes();
      try (RawClient raw = new RawClient(server)) {
        raw.send(
            "POST "
                + server.path()
                + "/api/exp-http-v2-0003/ro/sink HTTP/1.1\r\nHost: h\r\nAccept: "
                + FRAMING
                + "\r\nContent-Type: "
                + FRAMING
                + "\r\nContent-Length: 2000000\r\n\r\n"
                + new String(frames, StandardCharsets.ISO_8859_1));
        Eventually.holds("data came", () -> commands.data.get() > 500_000);
        assertThat(commands.openReceivers).hasValue(1);
      }
      Eventually.holds("the upload is abandoned", () -> commands.abandoned.get() == 1);
      assertThat(commands.openReceivers).hasValue(0);
    }
  }

  @Test
  default void commandsThatAreNotReadyHoldUpNoOther() throws Exception {
    FakeCommands commands = new FakeCommands();
    try (RunningServer server = start(options(commands))) {
      List<RawClient> undecided = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        RawClient raw = new RawClient(server);
        undecided.add(raw);
        raw.send(rawRequest(server, "undecided"));
      }
      Eventually.holds("the commands work", () -> commands.openSources.get() == 20);
      HttpResponse<byte[]> beside =
          http()
              .send(
                  request(server.url(), "nothing", frames("nothing")), BodyHandlers.ofByteArray());
      assertThat(beside.statusCode()).isEqualTo(200);
      for (RawClient raw : undecided) {
        raw.close();
      }
      if (noticesClientThatLeaves()) {
        Eventually.holds("the commands end", () -> commands.openSources.get() == 0);
      }
    }
    Eventually.holds("the commands end", () -> commands.openSources.get() == 0);
  }

  private static byte[] frames(String command) {
    try (FrameClient client = new FrameClient()) {
      client.call(command);
      return client.bytes();
    }
  }

  private static String rawRequest(RunningServer server, String command) {
    byte[] frames = frames(command);
    return "POST "
        + server.path()
        + "/api/exp-http-v2-0003/ro/"
        + command
        + " HTTP/1.1\r\nHost: h\r\nAccept: "
        + FRAMING
        + "\r\nContent-Type: "
        + FRAMING
        + "\r\nContent-Length: "
        + frames.length
        + "\r\n\r\n"
        + new String(frames, StandardCharsets.ISO_8859_1);
  }

  @Test
  default void slowReaderPausesTheCommandAndItsEndStopsIt() throws Exception {
    FakeCommands commands = new FakeCommands();
    try (RunningServer server = start(options(commands));
        FrameClient client = new FrameClient()) {
      client.call("endless");
      HttpResponse<InputStream> response =
          http()
              .send(request(server.url(), "endless", client.bytes()), BodyHandlers.ofInputStream());
      Eventually.settles(commands.made::get);
      assertThat(commands.openSources).hasValue(1);
      response.body().close();
      Eventually.holds("the source is closed", () -> commands.openSources.get() == 0);
    }
  }

  @Test
  default void handshakeIsServed() throws Exception {
    ServerOptions.Builder options =
        ServerOptions.builder(RepositoryResolver.atRoot(MemoryRepository.publishing()));
    try (RunningServer server = start(options)) {
      HttpResponse<String> handshake =
          http()
              .send(
                  HttpRequest.newBuilder(server.url().resolve("?cmd=capabilities"))
                      .header("X-HgUpgrade-1", "exp-http-v2-0003")
                      .header("X-HgProto-1", "cbor")
                      .build(),
                  BodyHandlers.ofString());
      assertThat(handshake.statusCode()).isEqualTo(200);
      assertThat(handshake.headers().allValues("Content-Type"))
          .containsExactly("application/mercurial-cbor");
      assertThat(handshake.body()).contains("apibase", "exp-http-v2-0003");
    }
  }

  @Test
  default void methodsAndPathsThatAreNotServedAreRefused() throws Exception {
    try (RunningServer server = start(options(new FakeCommands()))) {
      HttpClient http = http();
      URI root = server.url();
      HttpResponse<String> get =
          http.send(request(root, "ro", "echo").GET().build(), BodyHandlers.ofString());
      assertThat(get.statusCode()).isEqualTo(405);
      assertThat(get.headers().allValues("Allow")).containsExactly("POST");
      HttpResponse<String> delete =
          http.send(request(root, "ro", "echo").DELETE().build(), BodyHandlers.ofString());
      assertThat(delete.statusCode()).isEqualTo(405);
      HttpResponse<String> elsewhere =
          http.send(
              HttpRequest.newBuilder(root.resolve("a/b?cmd=capabilities")).build(),
              BodyHandlers.ofString());
      assertThat(elsewhere.statusCode()).isEqualTo(404);
      HttpResponse<String> noType =
          http.send(
              HttpRequest.newBuilder(root.resolve("api/exp-http-v2-0003/ro/echo"))
                  .header("Accept", FRAMING)
                  .POST(BodyPublishers.ofByteArray(new byte[10]))
                  .build(),
              BodyHandlers.ofString());
      assertThat(noType.statusCode()).isEqualTo(415);
      HttpResponse<String> head =
          http.send(
              HttpRequest.newBuilder(root.resolve("api/"))
                  .method("HEAD", BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  default void segmentWithEncodedSlashIs400() throws Exception {
    try (RunningServer server = start(options(new FakeCommands()));
        RawClient client = new RawClient(server)) {
      client.send("GET " + server.path() + "/a%2Fb?cmd=capabilities HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @Test
  default void pathOfRepositoryIsDecoded() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    Repository tides = MemoryRepository.publishing();
    ServerOptions.Builder options =
        ServerOptions.builder(
            caller -> {
              asked.add(caller.path());
              return caller.path().equals("tide s/\u00e9+")
                  ? RepositoryResolution.found(tides)
                  : RepositoryResolution.notFound();
            });
    try (RunningServer server = start(options)) {
      HttpResponse<byte[]> handshake =
          http()
              .send(
                  HttpRequest.newBuilder(server.url().resolve("tide%20s/%C3%A9+?cmd=capabilities"))
                      .build(),
                  BodyHandlers.ofByteArray());
      assertThat(handshake.statusCode()).isEqualTo(200);
      assertThat(asked).containsExactly("tide s/\u00e9+");
    }
  }

  @Test
  default void accessIsRefusedOrChallenged() throws Exception {
    AccessControl control =
        request -> {
          if (request.permission() == Permission.PUSH) {
            return AccessDecision.refused();
          }
          var given = request.caller().basicCredentials();
          return given != null && given.user().equals("ada") && given.password().equals("x")
              ? AccessDecision.allowed()
              : AccessDecision.passwordRequired("hg");
        };
    try (RunningServer server = start(options(new FakeCommands()).accessControl(control));
        FrameClient client = new FrameClient()) {
      HttpClient http = http();
      int echoed = client.call("echo");
      byte[] frames = client.bytes();
      HttpResponse<byte[]> challenged =
          http.send(request(server.url(), "echo", frames), BodyHandlers.ofByteArray());
      assertThat(challenged.statusCode()).isEqualTo(401);
      assertThat(challenged.headers().allValues("WWW-Authenticate"))
          .containsExactly("Basic realm=\"hg\"");
      HttpResponse<byte[]> refused =
          http.send(
              request(server.url(), "rw", "echo").POST(BodyPublishers.ofByteArray(frames)).build(),
              BodyHandlers.ofByteArray());
      assertThat(refused.statusCode()).isEqualTo(403);
      HttpResponse<byte[]> allowed =
          http.send(
              request(server.url(), "ro", "echo")
                  .header("Authorization", "Basic YWRhOng=")
                  .POST(BodyPublishers.ofByteArray(frames))
                  .build(),
              BodyHandlers.ofByteArray());
      assertThat(allowed.statusCode()).isEqualTo(200);
      client.receive(ByteBuffer.wrap(allowed.body()));
      assertThat(client.said(echoed)).containsExactly("{}", "end");
    }
  }

  @Test
  default void manySlowReadersHoldNoThreads() throws Exception {
    FakeCommands commands = new FakeCommands();
    int readers = 100;
    try (RunningServer server = start(options(commands))) {
      HttpClient http = http();
      List<HttpResponse<InputStream>> responses = new CopyOnWriteArrayList<>();
      for (int i = 0; i < readers; i++) {
        try (FrameClient client = new FrameClient()) {
          client.call("long");
          responses.add(
              http.send(
                  request(server.url(), "long", client.bytes()), BodyHandlers.ofInputStream()));
        }
      }
      Eventually.settles(commands.made::get);
      assertThat(commands.openSources.get()).isEqualTo(readers);
      assertThat(commands.made.get()).isLessThan(readers * 500L);
      try (FrameClient client = new FrameClient()) {
        int echoed = client.call("echo");
        HttpResponse<byte[]> quick =
            http.send(request(server.url(), "echo", client.bytes()), BodyHandlers.ofByteArray());
        client.receive(ByteBuffer.wrap(quick.body()));
        assertThat(client.said(echoed)).containsExactly("{}", "end");
      }
      for (HttpResponse<InputStream> response : responses) {
        response.body().close();
      }
      Eventually.holds("all sources are closed", () -> commands.openSources.get() == 0);
    }
  }
}
