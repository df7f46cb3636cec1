// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A TLS handshake of a server with a client in memory, which shows whether the key of the server is
 * that of its certificate. The client looks at nothing but the signature of the handshake; a server
 * that refuses this client, for one that names itself or has a certificate, passes.
 */
final class TrialHandshake {
  private static final int MAX_STEPS = 100;

  private final SSLEngine server;
  private final SSLEngine client;
  private final ByteBuffer toServer;
  private final ByteBuffer toClient;

  private TrialHandshake(SSLEngine server, SSLEngine client) {
    this.server = server;
    this.client = client;
    int packet =
        Math.max(
            server.getSession().getPacketBufferSize(), client.getSession().getPacketBufferSize());
    toServer = ByteBuffer.allocate(2 * packet);
    toClient = ByteBuffer.allocate(2 * packet);
  }

  /**
   * Checks the context of a server.
   *
   * @throws IOException if its key is not that of its certificate
   */
  static void check(SslContext tls) throws IOException {
    SSLEngine server = tls.newEngine(UnpooledByteBufAllocator.DEFAULT);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      SSLEngine client = context.createSSLEngine();
      client.setUseClientMode(true);
      new TrialHandshake(server, client).run();
    } catch (GeneralSecurityException noTls) {
      throw new IOException("TLS cannot be used here", noTls);
    } finally {
      ReferenceCountUtil.release(server);
    }
  }

  private void run() throws IOException {
    client.beginHandshake();
    server.beginHandshake();
    for (int step = 0; step < MAX_STEPS; step++) {
      try {
        advance(client, toClient, toServer);
      } catch (SSLException failure) {
        if (String.valueOf(failure.getMessage()).startsWith("Received fatal alert")) {
          return;
        }
        throw new IOException(
            "the certificate of the server does not belong to its private key", failure);
      }
      if (client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
        return;
      }
      try {
        advance(server, toServer, toClient);
      } catch (SSLException anotherClientIsWanted) {
        return;
      }
    }
  }

  /** Lets an engine take what has come, and say what it has to say. */
  private static void advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    boolean moving = true;
    while (moving) {
      moving = false;
      Runnable task = engine.getDelegatedTask();
      while (task != null) {
        task.run();
        task = engine.getDelegatedTask();
      }
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_WRAP) {
        moving = engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0;
      } else if (status != HandshakeStatus.NOT_HANDSHAKING) {
        in.flip();
        ByteBuffer nothing = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(in, nothing);
        in.compact();
        moving = result.bytesConsumed() > 0 || engine.getHandshakeStatus() != status;
      }
    }
  }

  /** Takes every certificate: nothing is sent to anybody in this handshake. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
