// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.reactor.ClientReactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that cost a server more than their sender, in a heap of 64 MiB, over sockets. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LongWorkTest {
  private static final Node TIP = LongLineProcess.changeset(LongLineProcess.COUNT - 1);

  /** More than a client would wait for; what is measured is the order of magnitude. */
  private static final long PATIENCE_SECONDS = 20;

  private static TypedRequest everythingByDepth() {
    return ChangesetdataRequest.of(depth(TIP));
  }

  private static RevisionSpecifier depth(Node node) {
    return new RevisionSpecifier.ChangesetExplicitDepth(List.of(node), Long.MAX_VALUE);
  }

  private static TypedRequest filterThatMatchesNothing() {
    List<Node> apart =
        IntStream.range(0, 20_000).mapToObj(i -> LongLineProcess.changeset(2 * i)).toList();
    return FilesdataRequest.of(RevisionSpecifier.changesets(apart))
        .withPathFilter(PathFilter.including("path:nothing"));
  }

  @Test
  void longWorkHoldsUpNoOtherAndStopsWhenItsClientsGo() throws Exception {
    for (TypedRequest request : List.of(everythingByDepth(), filterThatMatchesNothing())) {
      try (SmallProcess server = SmallProcess.start(LongLineProcess.class)) {
        int port = Integer.parseInt(server.await("port (\\d+)").group(1));
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          clients.add(send(port, request));
        }
        assertRespondsToHeads(port);
        for (Socket client : clients) {
          client.close();
        }
        Thread.sleep(1000);
        long looks = server.figures().get("looks");
        Thread.sleep(1000);
        assertThat(server.figures().get("looks")).as(request.command()).isEqualTo(looks);
        assertRespondsToHeads(port);
      }
    }
  }

  @Test
  void specifiersFitIntoTheHeap() throws Exception {
    assertFits(50_000, i -> RevisionSpecifier.changesets(LongLineProcess.changeset(i)));
    assertFits(50_000, i -> depth(LongLineProcess.changeset(i)));
    assertFits(
        50_000, i -> RevisionSpecifier.range(List.of(LongLineProcess.changeset(i)), List.of(TIP)));
  }

  private static void assertFits(int count, IntFunction<RevisionSpecifier> specifiers)
      throws IOException {
    try (SmallProcess server = SmallProcess.start(LongLineProcess.class)) {
      int port = Integer.parseInt(server.await("port (\\d+)").group(1));
      TypedRequest request =
          new ChangesetdataRequest(
              IntStream.range(0, count).mapToObj(specifiers).toList(),
              Set.of(ChangesetField.PARENTS));
      try (Socket client = send(port, request)) {
        client.setSoTimeout(60_000);
        String begin =
            new String(client.getInputStream().readNBytes(1000), StandardCharsets.ISO_8859_1);
        assertThat(begin).startsWith("HTTP/1.1 200").contains("parents");
        assertRespondsToHeads(port);
      }
    }
  }

  private static void assertRespondsToHeads(int port) throws IOException {
    long begun = System.nanoTime();
    try (Socket client = send(port, new HeadsRequest(false))) {
      client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      byte[] all = client.getInputStream().readAllBytes();
      assertThat(new String(all, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 200");
      assertThat(all.length).isGreaterThan(100);
    }
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
        .isLessThan(PATIENCE_SECONDS);
  }

  private static Socket send(int port, TypedRequest request) throws IOException {
    byte[] body = frames(request);
    Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
    OutputStream out = connection.getOutputStream();
    out.write(
        ("POST /api/exp-http-v2-0003/ro/"
                + request.command()
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: "
                + HttpV2Api.FRAMING_MEDIA_TYPE
                + "\r\nContent-Type: "
                + HttpV2Api.FRAMING_MEDIA_TYPE
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return connection;
  }

  private static byte[] frames(TypedRequest request) {
    ContentEncodings identity = ContentEncodings.named("identity");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ClientReactor reactor =
        new ClientReactor(WireLimits.defaults(), identity, identity.preferred().get(0))) {
      reactor.call(request.toRequest(), false);
      for (ByteBuffer part = reactor.pollOutput(); part != null; part = reactor.pollOutput()) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        all.writeBytes(copy);
      }
    }
    return all.toByteArray();
  }
}
