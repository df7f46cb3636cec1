// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 in clear text that sends the frames that a test spells. */
final class Http2Client implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  record Frame(int type, int flags, int stream, ByteString payload) {
    /** Returns the error code of GOAWAY. */
    int error() {
      return payload.asByteBuffer().getInt(4);
    }

    /** Returns the debug data of GOAWAY. */
    String reason() {
      return payload.substring(8, payload.length()).utf8();
    }
  }

  /** Connects and sends the preface. */
  Http2Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    send(SETTINGS, 0, 0);
  }

  void send(int type, int flags, int stream, byte... payload) throws IOException {
    out.writeInt(payload.length << 8 | type);
    out.write(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  /** Returns the header block of a request for {@code /} with these fields besides. */
  static byte[] request(int method, String... namesAndValues) throws IOException {
    java.io.ByteArrayOutputStream block = new java.io.ByteArrayOutputStream();
    block.write(new byte[] {(byte) (0x80 | method), (byte) 0x86, (byte) 0x84});
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      for (String text : List.of(namesAndValues[i], namesAndValues[i + 1])) {
        block.write(text.length());
        block.write(text.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return block.toByteArray();
  }

  static byte[] get(String... namesAndValues) throws IOException {
    return request(2, namesAndValues);
  }

  /** Returns the next frame, or null at the end of the connection. */
  @Nullable Frame read() throws IOException {
    try {
      int first = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(first & 0xff, flags, stream, ByteString.copyOf(in.readNBytes(first >>> 8)));
    } catch (EOFException | SocketException end) {
      return null;
    }
  }

  /** Returns whether something has arrived that was not read. */
  boolean hasInput() throws IOException {
    return in.available() > 0;
  }

  /** Returns the frames of one type up to the end of the connection. */
  List<Frame> readToEnd(int type) throws IOException {
    List<Frame> found = new ArrayList<>();
    for (Frame frame = read(); frame != null; frame = read()) {
      if (frame.type() == type) {
        found.add(frame);
      }
    }
    return found;
  }

  /** Reads up to a frame of a type. */
  Frame readUntil(int type) throws IOException {
    for (Frame frame = read(); frame != null; frame = read()) {
      if (frame.type() == type) {
        return frame;
      }
    }
    throw new EOFException("no frame of type " + type);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
