// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hgwire.conformance.memory.SmallProcess.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with a heap of 64 MiB sends bundles to many clients of version 1 that hardly read. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class Version1SmallHeapTest {
  private static final long MIB = 1 << 20;
  private static final int CLIENTS = 32;
  private static final int CHANGESETS = 8;
  private static final int FILES = 256;
  private static final long FILE_BYTES = 64 * 1024;

  /** Reads a little from each socket in turn. */
  private static void drip(List<Socket> sockets, AtomicBoolean stop) {
    byte[] buffer = new byte[1024];
    try {
      while (!stop.get()) {
        for (Socket socket : sockets) {
          if (socket.getInputStream().available() > 0) {
            assertThat(socket.getInputStream().read(buffer)).isPositive();
          }
        }
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException stopped) {
      stop.set(true);
    }
  }

  @Test
  void slowClientsOfGetbundleNeitherFillTheHeapNorKeepOthersOut() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    AtomicBoolean stop = new AtomicBoolean();
    try (SmallProcess server =
        SmallProcess.start(ServerProcess.class, CHANGESETS, FILES, FILE_BYTES, "zstd-8mb")) {
      int port = Integer.parseInt(server.await("port (\\d+)").group(1));
      for (int i = 0; i < CLIENTS; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                String.join(
                        "\r\n",
                        "GET /?cmd=getbundle HTTP/1.1",
                        "Host: h",
                        "X-HgProto-1: 0.1 0.2 comp=zstd,zlib,none",
                        "",
                        "")
                    .getBytes(StandardCharsets.US_ASCII));
      }
      Thread dripping = new Thread(() -> drip(sockets, stop), "slow-clients");
      dripping.start();

      for (int i = 0; i < 3; i++) {
        assertThat(pull(port)).isGreaterThan(CHANGESETS * FILES * FILE_BYTES);
      }
      Reading served = server.figures();
      assertThat(stop).isFalse();
      assertThat(served.get("heap")).isLessThan(48 * MIB);
      System.out.println("32 slow getbundle clients: " + served.memory());
      stop.set(true);
      dripping.join();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Pulls everything, and returns how many bytes the bundle has. */
  private static long pull(int port) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?cmd=getbundle"))
                    .header("X-HgProto-1", "0.2 comp=zstd,none")
                    .build(),
                BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      String name = new String(body.readNBytes(body.read()), StandardCharsets.US_ASCII);
      InputStream stream = name.equals("zstd") ? new ZstdInputStream(body) : body;
      return stream.transferTo(OutputStream.nullOutputStream());
    }
  }
}
