// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DownloadCheckTest {
  private static final byte[] CONTENT = new byte[100_000];
  private static final ByteString SHA512 =
      ByteString.copyOf(HashAlgorithm.SHA512.newDigest().digest(CONTENT));

  private final DownloadCheck check = new DownloadCheck();
  private final HttpServer server = listen();
  private int status = 200;

  private static HttpServer listen() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/bundle");
  }

  @Test
  void acceptsWhatWasStored() {
    assertThatCode(() -> check.check(url(), CONTENT.length, SHA512)).doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherSizeOrDigest() {
    assertThatIOException().isThrownBy(() -> check.check(url(), CONTENT.length - 1, SHA512));
    assertThatIOException().isThrownBy(() -> check.check(url(), CONTENT.length + 1, SHA512));
    assertThatIOException()
        .isThrownBy(() -> check.check(url(), CONTENT.length, ByteString.copyOf(new byte[64])))
        .withMessageContaining("is not the bundle");
  }

  @Test
  void refusesAnotherStatusAndAHostThatIsNotThere() {
    status = 404;
    assertThatIOException()
        .isThrownBy(() -> check.check(url(), CONTENT.length, SHA512))
        .withMessageContaining("the response is 404");
    assertThatIOException()
        .isThrownBy(() -> check.check(URI.create("http://127.0.0.1:1/"), 1, SHA512))
        .withMessageContaining("cannot be downloaded");
    assertThatIOException()
        .isThrownBy(() -> check.check(URI.create("file:///etc/hostname"), 1, SHA512));
  }
}
