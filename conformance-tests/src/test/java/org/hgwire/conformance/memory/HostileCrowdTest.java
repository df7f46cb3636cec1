// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.hgwire.conformance.memory.SmallProcess.Reading;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many clients that each hold little: a server with a heap of 64 MiB stays within its budget and
 * serves an honest client within 10 s, while they are there and after. That it runs out of memory
 * ends its process, and so the test.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class HostileCrowdTest {
  private static final long MIB = 1 << 20;
  private static final int MAX_MILLIS = 10_000;

  /**
   * The peak of resident memory: 64 MiB of heap, 32 MiB of encoders and decoders, 8 MiB of buffers,
   * and what the JVM and its native libraries need. 300 unbounded encoders need 900 MiB.
   */
  private static final long MAX_RESIDENT = 320 * MIB;

  /** What the crowd does. */
  enum Attack {
    /** Few connections of HTTP/2, many streams, a window of 0. */
    STREAMS_WITHOUT_WINDOW {
      @Override
      void begin(Attackers attackers, byte[] request) throws IOException {
        attackers.windowless(3, 100, request);
      }
    },
    /** As many streams as each connection may have. */
    CONNECTIONS_FULL_OF_STREAMS {
      @Override
      void begin(Attackers attackers, byte[] request) throws IOException {
        attackers.windowless(20, 32, request);
      }
    },
    /** Connections of HTTP/1.1 that do not read. */
    RESPONSES_THAT_ARE_NOT_READ {
      @Override
      void begin(Attackers attackers, byte[] request) {
        attackers.unread(300, request);
      }
    },
    /** Connections that send a part of a frame. */
    HALVES_OF_FRAMES {
      @Override
      void begin(Attackers attackers, byte[] request) {
        attackers.halfOpen(3_000, 20_000);
      }
    };

    abstract void begin(Attackers attackers, byte[] request) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void honestClientIsServedDuringAndAfter(Attack attack) throws Exception {
    try (SmallProcess server = SmallProcess.start(ServerProcess.class, 1, 32, MIB, "zstd-8mb")) {
      Matcher started = server.await("port (\\d+) tip ([0-9a-f]{40})");
      int port = Integer.parseInt(started.group(1));
      assertThat(millisOfHeads(port)).isLessThan(MAX_MILLIS);
      long during = 0;
      try (Attackers attackers = new Attackers(port)) {
        attack.begin(attackers, Attackers.wholeRepository(Node.fromHex(started.group(2)), zstd()));
        for (int i = 0; i < 4; i++) {
          during = Math.max(during, millisOfHeads(port));
          Thread.sleep(1_000);
        }
      }
      long after = Math.max(millisOfHeads(port), millisOfHeads(port));
      Reading figures = server.figures();
      assertThat(during).isLessThan(MAX_MILLIS);
      assertThat(after).isLessThan(MAX_MILLIS);
      assertThat(figures.get("heap")).isLessThan(40 * MIB);
      assertThat(figures.get("resident")).isLessThan(MAX_RESIDENT);
      System.out.printf(
          "%s: heads within %d ms during, %d ms after%n  server: %s%n",
          attack, during, after, figures.memory());
    }
  }

  @Test
  void encodersAreFreeWhileTheirClientsStall() throws Exception {
    try (SmallProcess server = SmallProcess.start(ServerProcess.class, 1, 32, MIB, "zstd-8mb")) {
      Matcher started = server.await("port (\\d+) tip ([0-9a-f]{40})");
      int port = Integer.parseInt(started.group(1));
      byte[] request = Attackers.wholeRepository(Node.fromHex(started.group(2)), zstd());
      try (Attackers attackers = new Attackers(port)) {
        attackers.windowless(2, 30, request);
        Thread.sleep(6_000);
        // The crowd is still there and has no encoder: a response that comes now gets one.
        assertThat(sizeOfResponse(port, request)).isBetween(1L, 8 * MIB);
      }
    }
  }

  /** Returns settings of a sender that accepts zstd. */
  private static byte[] zstd() {
    CborValue names = new CborArray(List.of(CborBytes.utf8("zstd-8mb")));
    return frame(
        FrameType.SENDER_PROTOCOL_SETTINGS,
        FrameType.EOS,
        CborMap.builder().put("contentencodings", names).build());
  }

  private static byte[] frame(FrameType type, int flags, CborValue payload) {
    return Frame.of(
            1, 1, StreamFlags.BEGIN, type, flags, CborEncoder.encode(payload).asByteBuffer())
        .encode()
        .array();
  }

  /** Returns how long an honest client waits for the whole response to one request. */
  private static long millisOfHeads(int port) throws IOException {
    byte[] body =
        frame(
            FrameType.COMMAND_REQUEST,
            FrameType.REQUEST_NEW,
            new HeadsRequest(false).toRequest().toCbor());
    long begun = System.nanoTime();
    try (Socket connection = connect(port)) {
      connection.getOutputStream().write(Attackers.head("heads", body.length));
      connection.getOutputStream().write(body);
      StringBuilder response = new StringBuilder();
      while (response.indexOf("\r\n0\r\n\r\n") < 0) {
        byte[] piece = new byte[4096];
        int read = connection.getInputStream().read(piece);
        if (read < 0) {
          break;
        }
        response.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
      }
      assertThat(response.toString()).startsWith("HTTP/1.1 200 ").endsWith("0\r\n\r\n");
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private static long sizeOfResponse(int port, byte[] request) throws IOException {
    long size = 0;
    try (Socket connection = connect(port)) {
      connection.getOutputStream().write(Attackers.head("filesdata", request.length));
      connection.getOutputStream().write(request);
      byte[] piece = new byte[64 * 1024];
      String end = "";
      while (!end.endsWith("0\r\n\r\n")) {
        int read = connection.getInputStream().read(piece);
        if (read < 0) {
          throw new IOException("the response was cut after " + size + " bytes");
        }
        size += read;
        String all = end + new String(piece, 0, read, StandardCharsets.ISO_8859_1);
        end = all.substring(Math.max(0, all.length() - 5));
      }
    }
    return size;
  }

  private static Socket connect(int port) throws IOException {
    Socket connection = new Socket();
    connection.setSoTimeout(MAX_MILLIS);
    connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_MILLIS);
    return connection;
  }
}
