// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.hgwire.client.testing.RecordingListener;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses that are elsewhere: the same objects, and what happens where a target fails. */
@Timeout(60)
class RedirectFollowingTest {
  private static final CborValue[] OBJECTS = Redirecting.objects(40, 5000);
  private static final byte[] BODY = Redirecting.body(OBJECTS);
  private static final CommandRequest REQUEST = CommandRequest.of("objects", CborMap.empty());

  private final MemoryContentHosts contentHosts = new MemoryContentHosts();
  private final ScriptedServer server =
      new ScriptedServer().redirecting(Redirecting.targets("one", "two"), contentHosts);
  private final RecordingListener listener = new RecordingListener();

  private PeerOptionsBuilder options() {
    return PeerOptions.builder().retries(RetryPolicy.never()).listener(listener);
  }

  /** Redirects to the first target that is offered, responds inline if none is. */
  private void redirectToWhatIsOffered(Function<String, ContentLocation> location) {
    server.raw("objects", request -> respond(request, location));
  }

  private static Iterator<ByteString> respond(
      CommandRequest request, Function<String, ContentLocation> location) {
    List<String> offered = Redirecting.offered(request);
    return offered.isEmpty()
        ? Redirecting.inline(OBJECTS)
        : Redirecting.redirect(location.apply("http://" + offered.get(0) + ".test/c?sig=secret"));
  }

  private void redirectToWhatIsOffered() {
    redirectToWhatIsOffered(url -> Redirecting.location(url, BODY));
  }

  private void requireObjects(Peer peer) throws PeerException {
    assertThat(Redirecting.read(peer.call(REQUEST))).containsExactly(OBJECTS);
  }

  @Test
  void redirectedResponseEqualsTheInlineOne() throws Exception {
    redirectToWhatIsOffered();
    contentHosts.on("one.test", MemoryContentHosts.serving(BODY));
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
    }
    assertThat(contentHosts.requests).hasSize(1);
    assertThat(listener.contentBytes()).isEqualTo(BODY.length);
    assertThat(listener.redirects()).hasSize(2);
    assertThat(listener.redirects().get(0))
        .isEqualTo(new RedirectEvent.Received("objects", "http://one.test/c", "one"));
    RedirectEvent.Completed completed = listener.completedRedirects().get(0);
    assertThat(completed.url()).isEqualTo("http://one.test/c");
    assertThat(completed.bytes()).isEqualTo(BODY.length);
    assertThat(completed.duration()).isPositive();
  }

  @Test
  void commandsThatReadOfferTargetsAndThoseThatWriteDoNot() throws Exception {
    CommandDescriptor push = CommandDescriptor.of(Map.of(), List.of(CommandDescriptor.PUSH));
    server
        .respond("heads", CborArray.of())
        .on("pushkey", push, request -> ScriptedServer.encoded(CborBoolean.TRUE));
    try (Peer peer = server.connect(options())) {
      assertThat(peer.heads()).isEmpty();
      assertThat(peer.pushkey("bookmarks", "", "", "")).isTrue();
    }
    assertThat(Redirecting.offered(server.commands.get(0))).containsExactly("one", "two");
    assertThat(server.commands.get(1).redirect()).isNull();
  }

  @Test
  void nothingIsOfferedIfThePolicyIsOffOrNothingAdvertised() throws Exception {
    server.respond("heads", CborArray.of());
    try (Peer peer = server.connect(options().redirects(RedirectPolicy.OFF))) {
      assertThat(peer.heads()).isEmpty();
    }
    ScriptedServer plain = new ScriptedServer().respond("heads", CborArray.of());
    try (Peer peer = plain.connect(options())) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(server.commands.get(0).redirect()).isNull();
    assertThat(plain.commands.get(0).redirect()).isNull();
  }

  static Stream<Arguments> brokenTargets() {
    byte[] wrong = BODY.clone();
    wrong[BODY.length - 1] ^= 1;
    return Stream.of(
        Arguments.of(
            RedirectFault.UNREACHABLE, MemoryContentHosts.failing(new ConnectException("refused"))),
        Arguments.of(
            RedirectFault.UNKNOWN_HOST,
            MemoryContentHosts.failing(new UnknownHostException("one"))),
        Arguments.of(
            RedirectFault.TIMEOUT,
            MemoryContentHosts.failing(new SocketTimeoutException("timeout"))),
        Arguments.of(
            RedirectFault.TLS, MemoryContentHosts.failing(new SSLHandshakeException("no"))),
        Arguments.of(
            RedirectFault.CERTIFICATE,
            MemoryContentHosts.failing(
                new IOException(new RedirectException(RedirectFault.CERTIFICATE, "expired")))),
        Arguments.of(RedirectFault.STATUS, MemoryContentHosts.status(503)),
        Arguments.of(RedirectFault.STATUS, MemoryContentHosts.status(403)),
        Arguments.of(RedirectFault.HTTP_REDIRECT, MemoryContentHosts.status(302)),
        Arguments.of(RedirectFault.CUT, MemoryContentHosts.breaking(BODY, 70_000)),
        Arguments.of(RedirectFault.HASH, MemoryContentHosts.serving(wrong)),
        Arguments.of(
            RedirectFault.TOO_SHORT,
            MemoryContentHosts.serving(Arrays.copyOf(BODY, BODY.length - 1))),
        Arguments.of(
            RedirectFault.TOO_LONG,
            MemoryContentHosts.serving(Arrays.copyOf(BODY, BODY.length + 1))));
  }

  @ParameterizedTest
  @MethodSource("brokenTargets")
  void aTargetThatFailsCostsTimeAndNothingElse(RedirectFault fault, MemoryContentHosts.Host broken)
      throws Exception {
    redirectToWhatIsOffered();
    contentHosts.on("one.test", broken).on("two.test", MemoryContentHosts.serving(BODY));
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
      requireObjects(peer);
    }
    // The second command does not go to the target that failed.
    assertThat(server.commands.stream().map(Redirecting::offered))
        .containsExactly(List.of("one", "two"), List.of("two"), List.of("two"));
    assertThat(listener.failedRedirects()).hasSize(1);
    RedirectEvent.Failed failed = listener.failedRedirects().get(0);
    assertThat(failed.fault()).isEqualTo(fault);
    assertThat(failed.retried()).isTrue();
    assertThat(failed.url()).isEqualTo("http://one.test/c");
    assertThat(failed.message()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("brokenTargets")
  void responseIsInlineIfAllTargetsFail(RedirectFault fault, MemoryContentHosts.Host broken)
      throws Exception {
    redirectToWhatIsOffered();
    contentHosts.on("one.test", broken).on("two.test", broken);
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
    }
    assertThat(server.commands.stream().map(Redirecting::offered))
        .containsExactly(List.of("one", "two"), List.of("two"), List.of());
    assertThat(listener.failedRedirects().stream().map(RedirectEvent.Failed::fault))
        .containsExactly(fault, fault);
  }

  @Test
  void locationWithoutATargetIsRetriedWithoutOffers() throws Exception {
    server.raw(
        "objects",
        request ->
            request.redirect() == null
                ? Redirecting.inline(OBJECTS)
                : Redirecting.redirect(Redirecting.location("http://evil.test/c", BODY)));
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
    }
    assertThat(contentHosts.requests).isEmpty();
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(RedirectFault.NOT_ADVERTISED);
    assertThat(server.commands.get(1).redirect()).isNull();
  }

  @Test
  void aMediaTypeThatIsNotThatOfObjectsFails() throws Exception {
    redirectToWhatIsOffered(
        url -> {
          ContentLocation sound = Redirecting.location(url, BODY);
          return new ContentLocation(
              sound.url(),
              ByteString.utf8("application/octet-stream"),
              sound.size(),
              sound.fullHashes(),
              null,
              List.of(),
              List.of(),
              null);
        });
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
    }
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(RedirectFault.MEDIA_TYPE);
    assertThat(contentHosts.requests).isEmpty();
  }

  @Test
  void aRedirectAlthoughNoneWasOfferedIsNotFollowed() throws Exception {
    server.raw(
        "objects",
        request -> Redirecting.redirect(Redirecting.location("http://one.test/c", BODY)));
    try (Peer peer = server.connect(options().redirects(RedirectPolicy.OFF))) {
      RedirectNotFollowedException e =
          catchThrowableOfType(RedirectNotFollowedException.class, () -> requireObjects(peer));
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              RedirectException.class,
              cause -> assertThat(cause.fault()).isEqualTo(RedirectFault.NOT_OFFERED));
    }
    assertThat(contentHosts.requests).isEmpty();
    assertThat(server.commands).hasSize(1);
  }

  @Test
  void whereAllFailsTheErrorSaysWhatWasTriedAndWhy() throws Exception {
    // It redirects even where nothing is offered any more.
    server.raw(
        "objects",
        request -> {
          List<String> offered = Redirecting.offered(request);
          String host = offered.isEmpty() ? "one" : offered.get(0);
          return Redirecting.redirect(Redirecting.location("http://" + host + ".test/c", BODY));
        });
    contentHosts
        .on("one.test", MemoryContentHosts.status(503))
        .on("two.test", MemoryContentHosts.failing(new ConnectException("refused")));
    try (Peer peer = server.connect(options())) {
      RedirectFailedException e =
          catchThrowableOfType(RedirectFailedException.class, () -> requireObjects(peer));
      assertThat(e.attempts().stream().map(RedirectEvent.Failed::fault))
          .containsExactly(
              RedirectFault.STATUS, RedirectFault.UNREACHABLE, RedirectFault.NOT_OFFERED);
      assertThat(e).hasMessageContaining("503").hasMessageContaining("two.test");
      assertThat(e.attempts().get(2).retried()).isFalse();
    }
    assertThat(server.commands).hasSize(3);
  }

  @Test
  void errorNamesTheRedirectAndTheInlineFailure() throws Exception {
    redirectToWhatIsOffered();
    contentHosts
        .on("one.test", MemoryContentHosts.status(503))
        .on("two.test", MemoryContentHosts.status(503));
    server.fault(body -> body).fault(body -> body).cut(10, true);
    try (Peer peer = server.connect(options())) {
      RedirectFailedException e =
          catchThrowableOfType(RedirectFailedException.class, () -> requireObjects(peer));
      assertThat(e.attempts()).hasSize(2);
      assertThat(e).hasCauseInstanceOf(TransportException.class);
      assertThat(e).hasMessageContaining("Without a redirect");
    }
  }

  @Test
  void attemptsAtTheServerAreNotMultipliedByRedirects() throws Exception {
    redirectToWhatIsOffered();
    contentHosts
        .on("one.test", MemoryContentHosts.status(503))
        .on("two.test", MemoryContentHosts.status(503));
    server.cut(0, true).fault(body -> body).cut(0, true).fault(body -> body).cut(0, true);
    List<Duration> pauses = new ArrayList<>();
    RetryPolicy three =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), () -> 0, pauses::add);
    try (Peer peer = server.connect(options().retries(three))) {
      RedirectFailedException e =
          catchThrowableOfType(RedirectFailedException.class, () -> requireObjects(peer));
      assertThat(e.attempts()).hasSize(2);
    }
    assertThat(pauses).hasSize(2);
    assertThat(server.commands).hasSize(5);
  }

  @Test
  void aRedirectedBodyThatIsNotObjectsIsAskedForInline() throws Exception {
    byte[] half = Arrays.copyOf(BODY, 3000);
    redirectToWhatIsOffered(url -> Redirecting.location(url, half));
    contentHosts.on("one.test", MemoryContentHosts.serving(half));
    contentHosts.on("two.test", MemoryContentHosts.serving(half));
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
    }
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(RedirectFault.BAD_CONTENT);
  }

  @Test
  void aRedirectedBodyCannotRedirect() throws Exception {
    CborMap redirect =
        CborMap.builder()
            .put("status", ByteString.utf8("redirect"))
            .put("location", Redirecting.location("http://two.test/d", BODY).toCbor())
            .build();
    byte[] ring = Redirecting.body(redirect);
    redirectToWhatIsOffered(url -> Redirecting.location(url, ring));
    contentHosts.on("one.test", MemoryContentHosts.serving(ring));
    try (Peer peer = server.connect(options())) {
      // It is an object like any other, and not one that a command promises.
      assertThat(Redirecting.read(peer.call(REQUEST))).containsExactly(redirect);
    }
    assertThat(contentHosts.requests).hasSize(1);
  }

  @Test
  void aRedirectOfOneResponseOfABatchDoesNotDisturbTheOthers() throws Exception {
    redirectToWhatIsOffered();
    server.respond("heads", CborArray.of()).respond("known", new CborBytes(ByteString.utf8("1")));
    contentHosts.on("one.test", MemoryContentHosts.status(503));
    contentHosts.on("two.test", MemoryContentHosts.serving(BODY));
    for (boolean interleaved : new boolean[] {false, true}) {
      if (interleaved) {
        server.interleaved();
      }
      try (Peer peer = server.connect(options())) {
        Batch batch = peer.batch();
        CommandResponse first = batch.call(REQUEST);
        CommandResult<List<org.hgwire.core.command.Node>> heads = batch.heads();
        CommandResponse second = batch.call(REQUEST);
        CommandResult<List<Boolean>> known =
            batch.known(List.of(org.hgwire.core.command.Node.fromHex("12".repeat(20))));
        batch.send();
        assertThat(Redirecting.read(second)).containsExactly(OBJECTS);
        assertThat(heads.await()).isEmpty();
        assertThat(Redirecting.read(first)).containsExactly(OBJECTS);
        assertThat(known.await()).containsExactly(true);
      }
    }
    // A target is asked twice, and the second response of a batch does not wait for one that failed
    // the first one.
    assertThat(
            contentHosts.requests.stream()
                .filter(r -> r.url().getHost().equals("one.test"))
                .count())
        .isEqualTo(4);
  }

  @Test
  void segmentHashesLetAnInlineResponseContinueARedirect() throws Exception {
    redirectToWhatIsOffered(url -> Redirecting.segmented(url, BODY, 10_000));
    for (int cut : new int[] {10_000, 25_000, 70_001, BODY.length - 1}) {
      listener.clearRedirects();
      server.commands.clear();
      contentHosts.on("one.test", MemoryContentHosts.breaking(BODY, cut));
      try (Peer peer = server.connect(options())) {
        requireObjects(peer);
      }
      assertThat(listener.failedRedirects()).hasSize(1);
      assertThat(server.commands.stream().map(Redirecting::offered))
          .containsExactly(List.of("one", "two"), List.of());
    }
  }

  @Test
  void inlineResponseThatDiffersFromDeliveredSegmentsFails() throws Exception {
    CborValue[] others = OBJECTS.clone();
    others[0] = new CborBytes(ByteString.copyOf(new byte[4999]));
    for (CborValue[] inline : List.of(others, Arrays.copyOf(OBJECTS, 5), new CborValue[0])) {
      server.raw(
          "objects",
          request ->
              request.redirect() == null
                  ? Redirecting.inline(inline)
                  : Redirecting.redirect(Redirecting.segmented("http://one.test/c", BODY, 10_000)));
      contentHosts.on("one.test", MemoryContentHosts.breaking(BODY, 55_000));
      try (Peer peer = server.connect(options())) {
        RedirectFailedException e =
            catchThrowableOfType(RedirectFailedException.class, () -> requireObjects(peer));
        assertThat(e.fault()).isEqualTo(RedirectFault.HASH);
        assertThat(e.attempts()).hasSize(2);
      }
    }
  }

  @Test
  void unverifiedDataThatWasReleasedAndIsWrongFailsTyped() throws Exception {
    byte[] wrong = BODY.clone();
    wrong[BODY.length - 1] ^= 1;
    redirectToWhatIsOffered();
    contentHosts.on("one.test", MemoryContentHosts.serving(wrong));
    RedirectPolicy unverified = RedirectPolicy.builder().releaseUnverified(true).build();
    try (Peer peer = server.connect(options().redirects(unverified))) {
      CommandResponse response = peer.call(REQUEST);
      assertThat(response.nextValue()).isEqualTo(OBJECTS[0]);
      RedirectFailedException e =
          catchThrowableOfType(RedirectFailedException.class, () -> Redirecting.read(response));
      assertThat(e.fault()).isEqualTo(RedirectFault.HASH);
    }
  }

  @Test
  void aFailedCommandIsNotARedirectThatFailed() throws Exception {
    server.raw(
        "objects",
        request ->
            request.redirect() == null
                ? ScriptedServer.encoded(
                    CborMap.builder()
                        .put("status", ByteString.utf8("error"))
                        .put(
                            "error",
                            CborMap.builder()
                                .put("message", ByteString.utf8("no such thing"))
                                .build())
                        .build())
                : Redirecting.redirect(Redirecting.location("http://evil.test/c", BODY)));
    try (Peer peer = server.connect(options())) {
      CommandFailedException e =
          catchThrowableOfType(CommandFailedException.class, () -> requireObjects(peer));
      assertThat(e).hasMessageContaining("no such thing");
    }
  }

  @Test
  void aResponseCanBeClosedWhileItsContentIsAwaited() throws Exception {
    redirectToWhatIsOffered();
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    contentHosts.on(
        "one.test",
        request ->
            MemoryContentHosts.response(
                200,
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    waiting.countDown();
                    try {
                      closed.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    throw new IOException("cancelled");
                  }

                  @Override
                  public int read(byte[] target, int offset, int count) throws IOException {
                    return read();
                  }
                }));
    try (Peer peer = server.connect(options())) {
      CommandResponse response = peer.call(REQUEST);
      Thread closer =
          new Thread(
              () -> {
                try {
                  waiting.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                response.close();
                closed.countDown();
              });
      closer.start();
      PeerException e = catchThrowableOfType(PeerException.class, response::next);
      closer.join();
      assertThat(e).hasMessageContaining("closed");
    }
    assertThat(server.commands).hasSize(1);
    assertThat(listener.failedRedirects()).isEmpty();
  }

  @Test
  void interruptedDownloadIsNotTheTargetsFault() throws Exception {
    redirectToWhatIsOffered();
    contentHosts.on(
        "one.test",
        request -> {
          Thread.currentThread().interrupt();
          throw new java.io.InterruptedIOException("interrupted");
        });
    try (Peer peer = server.connect(options())) {
      assertThat(catchThrowableOfType(PeerException.class, () -> requireObjects(peer)))
          .isInstanceOf(RedirectFailedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.commands).hasSize(1);
      contentHosts.on("one.test", MemoryContentHosts.serving(BODY));
      requireObjects(peer);
      assertThat(Redirecting.offered(server.commands.get(1))).containsExactly("one", "two");
    }
  }

  @Test
  void aPeerThatIsClosedDuringADownloadSendsNothingMore() throws Exception {
    redirectToWhatIsOffered();
    Peer peer = server.connect(options());
    contentHosts.on(
        "one.test",
        request -> {
          peer.close();
          throw new IOException("Canceled");
        });
    assertThat(catchThrowableOfType(PeerException.class, () -> requireObjects(peer)))
        .isInstanceOf(RedirectFailedException.class);
    assertThat(server.commands).hasSize(1);
    assertThat(listener.failedRedirects()).isEmpty();
  }

  @Test
  void contentWithoutASizeIsBoundByTheCap() throws Exception {
    redirectToWhatIsOffered(
        url -> {
          ContentLocation sound = Redirecting.location(url, BODY);
          return new ContentLocation(
              sound.url(),
              sound.mediaType(),
              OptionalLong.empty(),
              sound.fullHashes(),
              null,
              List.of(),
              List.of(),
              null);
        });
    contentHosts.on("one.test", MemoryContentHosts.serving(BODY));
    RedirectPolicy bounded = RedirectPolicy.builder().maxBytes(BODY.length).build();
    try (Peer peer = server.connect(options().redirects(bounded))) {
      requireObjects(peer);
    }
    assertThat(listener.failedRedirects()).isEmpty();
    RedirectPolicy less = RedirectPolicy.builder().maxBytes(BODY.length - 1).build();
    contentHosts.on("two.test", MemoryContentHosts.serving(BODY));
    try (Peer peer = server.connect(options().redirects(less))) {
      requireObjects(peer);
    }
    assertThat(listener.failedRedirects().stream().map(RedirectEvent.Failed::fault))
        .containsExactly(RedirectFault.TOO_LONG, RedirectFault.TOO_LONG);
  }

  @Test
  void redirectedObjectsOfTheWrongTypeFailAsInlineOnes() throws Exception {
    server.raw(
        "heads", request -> Redirecting.redirect(Redirecting.location("http://one.test/c", BODY)));
    contentHosts.on("one.test", MemoryContentHosts.serving(BODY));
    try (Peer peer = server.connect(options())) {
      PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, peer::heads);
      assertThat(e.fault().code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
    }
  }
}
