// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.testing.TestCertificate;
import org.hgwire.redirects.testing.TrustCase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTrustTest {
  static List<TrustCase> cases() {
    return TrustCase.all();
  }

  @Test
  void thereAreAtLeastSixtyNamedChains() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(cases()).extracting(TrustCase::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void reusedConnectionIsTrustedLikeItsChain(TrustCase trustCase) {
    RedirectFault fault = null;
    try {
      trustCase.trust().requirePeer(trustCase.chain(), trustCase.host());
    } catch (RedirectException e) {
      fault = e.fault();
      assertThat(e.getMessage()).matches("\\P{Cntrl}+");
    }
    assertThat(fault).isEqualTo(trustCase.fault());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void engineTrustsAServerLikeItsChain(TrustCase trustCase) throws Exception {
    SSLEngine client =
        context(trustCase.trust().trustManager()).createSSLEngine(trustCase.host(), 443);
    client.setUseClientMode(true);
    SSLEngine server = trustCase.serverContext().createSSLEngine();
    server.setUseClientMode(false);
    assertThat(faultOf(() -> shakeHands(client, server))).isEqualTo(trustCase.fault());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void socketTrustsAServerLikeItsChain(TrustCase trustCase) throws Exception {
    assertThat(faultOf(() -> connect(trustCase))).isEqualTo(trustCase.fault());
  }

  private static void connect(TrustCase trustCase) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listening =
        (SSLServerSocket)
            trustCase.serverContext().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      FutureTask<Integer> serving =
          new FutureTask<>(
              () -> {
                try (Socket accepted = listening.accept()) {
                  accepted.setSoTimeout(10_000);
                  accepted.getOutputStream().write(7);
                  return accepted.getInputStream().read();
                } catch (IOException e) {
                  return -1;
                }
              });
      Thread thread = new Thread(serving, "tls-server");
      thread.start();
      try (Socket plain = new Socket(loopback, listening.getLocalPort());
          SSLSocket socket =
              (SSLSocket)
                  context(trustCase.trust().trustManager())
                      .getSocketFactory()
                      .createSocket(plain, trustCase.host(), listening.getLocalPort(), true)) {
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        assertThat(socket.getInputStream().read()).isEqualTo(7);
      } finally {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    }
  }

  @Test
  void withoutAHostNothingIsTrustedUnlessHostNamesAreIgnored() throws Exception {
    TestCertificate server = TestCertificate.server("cdn.example.test").selfSigned();
    PinSet pins = new PinSet(List.of(server.der()), List.of());
    X509Certificate[] chain = {server.certificate()};
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(
            () ->
                ContentTrust.of(pins, List.of(), RedirectPolicy.VERIFIED)
                    .trustManager()
                    .checkServerTrusted(chain, "UNKNOWN"))
        .withCauseInstanceOf(RedirectException.class);
    RedirectPolicy anyHost = RedirectPolicy.builder().ignoreHostName(true).build();
    ContentTrust.of(pins, List.of(), anyHost).trustManager().checkServerTrusted(chain, "UNKNOWN");
  }

  @Test
  void noClientIsTrusted() {
    TestCertificate client = TestCertificate.server("cdn.example.test").selfSigned();
    X509Certificate[] chain = {client.certificate()};
    X509ExtendedTrustManager manager =
        ContentTrust.of(
                new PinSet(List.of(client.der()), List.of()), List.of(), RedirectPolicy.VERIFIED)
            .trustManager();
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> manager.checkClientTrusted(chain, "EC"));
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> manager.checkClientTrusted(chain, "EC", (Socket) null));
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> manager.checkClientTrusted(chain, "EC", (SSLEngine) null));
  }

  @Test
  void aPeerWithoutCertificatesOrWithTooManyIsRefused() {
    TestCertificate server = TestCertificate.server("cdn.example.test").selfSigned();
    ContentTrust trust =
        ContentTrust.of(
            new PinSet(List.of(server.der()), List.of()), List.of(), RedirectPolicy.VERIFIED);
    for (int count : new int[] {0, 17}) {
      assertThatExceptionOfType(RedirectException.class)
          .isThrownBy(
              () ->
                  trust.requirePeer(
                      Collections.nCopies(count, server.certificate()), "cdn.example.test"))
          .satisfies(e -> assertThat(e.fault()).isEqualTo(RedirectFault.CERTIFICATE));
    }
  }

  @Test
  void anchorsAreThoseOfPinsAndUserOrElseThePlatform() throws Exception {
    TestCertificate pinned = TestCertificate.authority("Pinned").selfSigned();
    TestCertificate own = TestCertificate.authority("Own").selfSigned();
    PinSet pins = new PinSet(List.of(), List.of(pinned.der()));
    assertThat(
            ContentTrust.of(
                    pins,
                    List.of(),
                    RedirectPolicy.builder().authorities(List.of(own.certificate())).build())
                .trustManager()
                .getAcceptedIssuers())
        .containsExactly(pinned.certificate(), own.certificate());
    assertThat(
            ContentTrust.of(pins, List.of(own.certificate()), RedirectPolicy.VERIFIED)
                .trustManager()
                .getAcceptedIssuers())
        .containsExactly(pinned.certificate());
    assertThat(
            ContentTrust.of(PinSet.NONE, List.of(own.certificate()), RedirectPolicy.VERIFIED)
                .trustManager()
                .getAcceptedIssuers())
        .containsExactly(own.certificate());
    javax.net.ssl.TrustManagerFactory platform =
        javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
    platform.init((KeyStore) null);
    assertThat(
            ContentTrust.of(PinSet.NONE, List.of(), RedirectPolicy.VERIFIED)
                .trustManager()
                .getAcceptedIssuers())
        .hasSameSizeAs(
            ((X509ExtendedTrustManager) platform.getTrustManagers()[0]).getAcceptedIssuers());
  }

  private interface Connecting {
    void run() throws Exception;
  }

  private static @Nullable RedirectFault faultOf(Connecting connecting) throws Exception {
    try {
      connecting.run();
      return null;
    } catch (SSLException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof RedirectException redirect) {
          return redirect.fault();
        }
      }
      throw e;
    }
  }

  private static SSLContext context(X509ExtendedTrustManager manager)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    return context;
  }

  /** Runs a handshake of two engines until the client has checked the server. */
  private static void shakeHands(SSLEngine client, SSLEngine server)
      throws SSLException, InterruptedException, ExecutionException {
    List<ByteBuffer> toServer = new ArrayList<>();
    List<ByteBuffer> toClient = new ArrayList<>();
    client.beginHandshake();
    server.beginHandshake();
    for (int i = 0; i < 100; i++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
      if (client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && toServer.isEmpty()) {
        return;
      }
    }
    throw new AssertionError("the handshake does not end");
  }

  private static void step(SSLEngine engine, List<ByteBuffer> in, List<ByteBuffer> out)
      throws SSLException {
    int size = engine.getSession().getPacketBufferSize();
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      case NEED_WRAP -> {
        ByteBuffer packet = ByteBuffer.allocate(size);
        engine.wrap(ByteBuffer.allocate(0), packet);
        if (packet.position() > 0) {
          out.add(packet.flip());
        }
      }
      default -> {
        if (!in.isEmpty()) {
          engine.unwrap(in.get(0), ByteBuffer.allocate(size));
          if (!in.get(0).hasRemaining()) {
            in.remove(0);
          }
        }
      }
    }
  }
}
