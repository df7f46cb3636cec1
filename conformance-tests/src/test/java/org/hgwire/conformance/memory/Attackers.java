// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/**
 * Clients that cost themselves little and the server as much as it lets them: kept until closed.
 */
final class Attackers implements AutoCloseable {
  private static final int CONNECT_MILLIS = 200;

  private final int port;
  private final List<Socket> connections = new ArrayList<>();

  Attackers(int port) {
    this.port = port;
  }

  /** Returns the frames of a request for the text of every file, preceded by these settings. */
  static byte[] wholeRepository(Node tip, byte[] settings) {
    FilesdataRequest request =
        new FilesdataRequest(
            List.of(new RevisionSpecifier.ChangesetExplicit(List.of(tip))),
            EnumSet.of(FileField.REVISION),
            PathFilter.everything(),
            false);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(settings);
    body.writeBytes(
        Frame.of(
                1,
                1,
                settings.length == 0 ? StreamFlags.BEGIN : 0,
                FrameType.COMMAND_REQUEST,
                FrameType.REQUEST_NEW,
                CborEncoder.encode(request.toRequest().toCbor()).asByteBuffer())
            .encode()
            .array());
    return body.toByteArray();
  }

  /** Connections of HTTP/1.1 that request everything and never read. */
  void unread(int count, byte[] body) {
    byte[] head = head("filesdata", body.length);
    for (int i = 0; i < count; i++) {
      Socket connection = connect();
      send(connection, head);
      send(connection, body);
    }
  }

  /** Connections of HTTP/1.1 that send the head of a frame and a part of its payload. */
  void halfOpen(int count, int bytes) {
    byte[] head = head("filesdata", 60_000);
    ByteBuffer body = ByteBuffer.allocate(8 + bytes);
    // A frame of 59,992 bytes: little-endian length, request 1, stream 1 begins, command request.
    body.put(new byte[] {(byte) (59_992 & 0xff), (byte) (59_992 >> 8), 0, 1, 0, 1, 1, 0x11});
    for (int i = 0; i < count; i++) {
      Socket connection = connect();
      send(connection, head);
      send(connection, body.array());
    }
  }

  /** Connections of HTTP/2 whose streams all request everything, with a window of 0. */
  void windowless(int connectionCount, int streams, byte[] body) throws IOException {
    for (int i = 0; i < connectionCount; i++) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(all);
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      // SETTINGS_INITIAL_WINDOW_SIZE = 0
      frame(out, 4, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
      for (int stream = 0; stream < streams; stream++) {
        int id = 1 + 2 * stream;
        frame(out, 1, 0x4, id, headers("/api/exp-http-v2-0003/ro/filesdata"));
        frame(out, 0, 0x1, id, body);
      }
      send(connect(), all.toByteArray());
    }
  }

  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  private static byte[] headers(String path) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":method", "POST");
    literal(block, ":scheme", "http");
    literal(block, ":authority", "localhost");
    literal(block, ":path", path);
    literal(block, "accept", HttpV2Api.FRAMING_MEDIA_TYPE);
    literal(block, "content-type", HttpV2Api.FRAMING_MEDIA_TYPE);
    return block.toByteArray();
  }

  /** A literal header field without indexing (RFC 7541, 6.2.2), without Huffman coding. */
  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    for (String text : new String[] {name, value}) {
      block.write(text.length());
      block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  static byte[] head(String command, int length) {
    return ("POST /api/exp-http-v2-0003/ro/"
            + command
            + " HTTP/1.1\r\nHost: localhost\r\nAccept: "
            + HttpV2Api.FRAMING_MEDIA_TYPE
            + "\r\nContent-Type: "
            + HttpV2Api.FRAMING_MEDIA_TYPE
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private Socket connect() {
    Socket connection = new Socket();
    connections.add(connection);
    try {
      connection.setReceiveBufferSize(4096);
      connection.setTcpNoDelay(true);
      connection.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    } catch (IOException notAccepted) {
      // The server accepts no more for now: as it should.
    }
    return connection;
  }

  private static void send(Socket connection, byte[] bytes) {
    try {
      if (connection.isConnected()) {
        connection.getOutputStream().write(bytes);
      }
    } catch (IOException closedByTheServer) {
      // As it should be.
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
    connections.clear();
  }
}
