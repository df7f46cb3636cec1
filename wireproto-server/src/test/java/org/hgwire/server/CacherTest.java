// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.core.message.ResponseStatus;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.standard.Callers;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CacherTest {
  private static final RedirectOffer OFFER =
      new RedirectOffer(List.of(ByteString.utf8("cdn")), List.of());

  private final FakeCommands commands = new FakeCommands();
  private final MemoryRepository repository = MemoryRepository.publishing();
  private final List<String> asked = new ArrayList<>();

  private static ResponseOrigin redirect(String target) {
    return new ResponseOrigin.Redirected(
        ByteString.utf8(target),
        new ContentLocation(
            ByteString.utf8("https://elsewhere/x"),
            ByteString.utf8("application/mercurial-cbor"),
            OptionalLong.empty(),
            List.of(),
            null,
            List.of(),
            List.of(),
            null));
  }

  private List<String> serve(ResponseCacher cacher, String command, @Nullable RedirectOffer offer)
      throws IOException {
    return serve(cacher, command, offer, false);
  }

  private List<String> serve(
      ResponseCacher cacher, String command, @Nullable RedirectOffer offer, boolean data)
      throws IOException {
    ResponseCacher noting =
        call -> {
          asked.add(call.command().name());
          return cacher.originOf(call);
        };
    ServerOptions options =
        commands
            .addTo(ServerOptions.builder(RepositoryResolver.atRoot(repository)))
            .cacher(noting)
            .build();
    Authorization authorization =
        new Authorization(AccessControl.open(), Callers.ANYBODY, repository);
    try (FrameClient client = new FrameClient();
        CommandExchange exchange =
            new CommandExchange(
                options, authorization, CommandScope.anyCommands(Permission.PUSH))) {
      int id = client.call(CommandRequest.of(command, CborMap.empty()).withRedirect(offer), data);
      if (data) {
        client.data(id, ByteBuffer.wrap(new byte[10]));
        client.endData(id);
      }
      exchange.receive(ByteBuffer.wrap(client.bytes()));
      exchange.endOfInput();
      while (!exchange.finished()) {
        ByteBuffer output = exchange.nextOutput();
        if (output != null) {
          client.receive(output);
        }
      }
      client.end();
      return client.said(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "long", "heads", "refuses-first", "breaks-first"})
  void pullCommandIsRedirectedToOfferedTarget(String command) throws IOException {
    assertThat(serve(call -> redirect("cdn"), command, OFFER))
        .containsExactly("redirected: https://elsewhere/x", "end");
    assertThat(commands.made).as("nothing was run").hasValue(0);
  }

  @Test
  void commandRunsIfTargetWasNotOffered() throws IOException {
    assertThat(serve(call -> redirect("other"), "echo", OFFER)).containsExactly("{}", "end");
  }

  @Test
  void withoutOfferNothingIsRedirected() throws IOException {
    assertThat(serve(call -> redirect("cdn"), "echo", null)).containsExactly("{}", "end");
    assertThat(serve(call -> redirect("cdn"), "echo", new RedirectOffer(List.of(), List.of())))
        .containsExactly("{}", "end");
  }

  @Test
  void commandRunsIfCacherHasNothingOrFails() throws IOException {
    assertThat(serve(ResponseCacher.NONE, "echo", OFFER)).containsExactly("{}", "end");
    assertThat(
            serve(
                call -> {
                  throw new IOException("the disk is gone");
                },
                "echo",
                OFFER))
        .containsExactly("{}", "end");
    assertThat(
            serve(
                call -> {
                  throw new IllegalStateException("a bug");
                },
                "echo",
                OFFER))
        .containsExactly("{}", "end");
  }

  @Test
  void cacherIsNotAskedForPushDataOrRefusedCommands() throws IOException {
    assertThat(serve(call -> redirect("cdn"), "push-something", OFFER)).containsExactly("7", "end");
    assertThat(serve(call -> redirect("cdn"), "sink", OFFER, true))
        .containsExactly("{h'73697a65':10}", "end");
    assertThat(serve(call -> redirect("cdn"), "sink", OFFER))
        .containsExactly("{h'73697a65':0}", "end");
    assertThat(serve(call -> redirect("cdn"), "forgotten", OFFER))
        .containsExactly("refused: permission denied: nobody may run forgotten");
    assertThat(serve(call -> redirect("cdn"), "nosuch", OFFER))
        .containsExactly("refused: unknown wire protocol command: nosuch");
    assertThat(asked).isEmpty();
  }

  @Test
  void cacherRunsTheSameCommand() throws IOException {
    for (String command :
        List.of(
            "echo",
            "nothing",
            "long",
            "definite",
            "indefinite",
            "refuses-first",
            "refuses-third",
            "breaks-first",
            "breaks-third",
            "short",
            "over")) {
      assertThat(serve(call -> new ResponseOrigin.Inline(call.run()), command, OFFER))
          .as(command)
          .isEqualTo(serve(ResponseCacher.NONE, command, null));
    }
    assertThat(commands.openSources).hasValue(0);
    assertThat(commands.openStreams).hasValue(0);
  }

  @Test
  void objectsOfCacherAreClosedWhenClientDisconnects() throws IOException {
    List<String> closed = new ArrayList<>();
    EncodedObjects endless =
        new EncodedObjects() {
          @Override
          public ByteBuffer next() {
            return ByteBuffer.wrap(new byte[] {1});
          }

          @Override
          public void close() {
            closed.add("closed");
          }
        };
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .cacher(call -> new ResponseOrigin.Inline(endless))
            .build();
    try (FrameClient client = new FrameClient()) {
      client.call("heads");
      CommandExchange exchange =
          new CommandExchange(
              options,
              new Authorization(AccessControl.open(), Callers.ANYBODY, repository),
              CommandScope.anyCommands(Permission.PULL));
      exchange.receive(ByteBuffer.wrap(client.bytes()));
      exchange.endOfInput();
      assertThat(exchange.nextOutput()).isNotNull();
      exchange.close();
    }
    assertThat(closed).containsExactly("closed");
  }

  @Test
  void encodedObjectsOfCacherAreSentAsTheyAre() throws IOException {
    ByteString text = CborEncoder.encode(CborBytes.utf8("text ".repeat(20_000)));
    List<CommandReport> reports = new ArrayList<>();
    ServerListener listener =
        new ServerListener() {
          @Override
          public void commandEnded(ServedRequest request, CommandReport report) {
            reports.add(report);
          }
        };
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .cacher(call -> new ResponseOrigin.Inline(new HalfEncoded(call, text)))
            .build();
    try (FrameClient client = new FrameClient("zlib", "identity")) {
      int first = client.call("heads");
      int second = client.call("heads");
      CommandExchange exchange =
          new CommandExchange(
              options,
              new Authorization(AccessControl.open(), Callers.ANYBODY, repository),
              CommandScope.anyCommands(Permission.PULL),
              RequestEvents.begin(listener, "POST", "/", Callers.ANYBODY));
      exchange.receive(ByteBuffer.wrap(client.bytes()));
      exchange.endOfInput();
      while (!exchange.finished()) {
        ByteBuffer output = exchange.nextOutput();
        if (output != null) {
          client.receive(output);
        }
      }
      client.end();
      assertThat(client.said(first)).containsExactly("streamed 100000", "end");
      assertThat(client.said(second)).isEqualTo(client.said(first));
    }
    long status = CborEncoder.encode(new ResponseStatus.Ok().toCbor()).length();
    assertThat(reports)
        .extracting(CommandReport::bytes)
        .containsExactly(status + text.length(), status + text.length());
  }

  /** Objects of which the first half is encoded. */
  private static final class HalfEncoded implements EncodedObjects {
    private final ByteBuffer text;
    private final ContentEncoding encoding;
    private OptionalLong decoded = OptionalLong.empty();

    HalfEncoded(CacheableCall call, ByteString text) {
      this.text = text.asByteBuffer();
      this.encoding = requireNonNull(call.contentEncoding());
    }

    @Override
    public @Nullable ByteBuffer next() {
      if (!text.hasRemaining()) {
        return null;
      }
      boolean firstHalf = text.position() == 0;
      ByteBuffer half = text.slice(text.position(), text.remaining() / (firstHalf ? 2 : 1));
      text.position(text.position() + half.remaining());
      decoded = firstHalf ? OptionalLong.of(half.remaining()) : OptionalLong.empty();
      return firstHalf ? encoded(half) : half;
    }

    private ByteBuffer encoded(ByteBuffer plain) {
      ByteBuffer output = ByteBuffer.allocate(plain.remaining());
      try (ContentEncoder encoder = encoding.newEncoder()) {
        encoder.encode(plain, output);
        assertThat(encoder.flush(output)).isTrue();
      }
      return output.flip();
    }

    @Override
    public OptionalLong decodedBytes() {
      return decoded;
    }

    @Override
    public void close() {}
  }
}
