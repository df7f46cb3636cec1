// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.version1.StreamCodings;
import org.hgwire.redirects.fetch.Pace;
import org.jspecify.annotations.Nullable;

/** The body of a response that is a stream, decompressed. For one thread. */
final class Version1Stream extends InputStream {
  private static final int BUFFER = 64 * 1024;
  private static final String ZLIB = "zlib";

  /** Not a WireLimit: no compression of the protocol has so long a name. */
  private static final int MAX_NAME = 32;

  private final String command;
  private final Connector connector;
  private final ExchangeListener listener;
  private final PeerOptions options;
  private final HttpTransport.Response response;
  private final URI url;
  private final Pace pace;
  private final byte[] buffer = new byte[BUFFER];
  private @Nullable ContentDecoder decoder;
  private boolean hasEndMark;
  private boolean begun;
  private boolean ended;
  private boolean closed;
  private ByteBuffer piece = ByteBuffer.allocate(0);

  Version1Stream(
      String command, Connector connector, PeerOptions options, Connector.FinalResponse received) {
    this.command = command;
    this.connector = connector;
    this.listener = options.listener();
    this.options = options;
    this.response = received.response();
    this.url = received.url();
    this.pace = new Pace(options.minResponseRate(), System::nanoTime);
  }

  /**
   * Prepares to decompress, after the name of the compression was read, if there is one.
   *
   * @param named whether the stream begins with the name of its compression: "The first byte of the
   *     payload indicates the length of the compression format identifier that follows"; else it is
   *     compressed with zlib
   */
  void begin(boolean named, StreamCodings codings) throws PeerException {
    try {
      String name = named ? name() : ZLIB;
      ContentEncoding encoding = codings.find(name);
      if (encoding == null) {
        throw Version1Connection.fault(
            WireErrorCode.ENCODING_UNKNOWN,
            "The response to "
                + command
                + " has the compression "
                + PeerText.line(name)
                + ", which was not offered.");
      }
      hasEndMark = name.equals(ZLIB);
      decoder = encoding.newDecoder(options.limits());
      // A server may take long before the first bytes, but not in the middle of a stream.
      response.readTimeout(options.firstByteTimeout());
    } catch (IOException e) {
      throw TransportFaults.of(e, url);
    }
  }

  private String name() throws IOException {
    SmallBody start = new SmallBody();
    start.read(response, 1, options.firstByteTimeout());
    int length = start.bytes().length == 0 ? 0 : start.bytes()[0] & 0xff;
    start.read(response, 1 + Math.min(length, MAX_NAME), options.firstByteTimeout());
    byte[] bytes = start.bytes();
    count(bytes.length);
    if (bytes.length < 1 + Math.min(length, MAX_NAME)) {
      throw truncated();
    }
    return new String(bytes, 1, bytes.length - 1, StandardCharsets.US_ASCII);
  }

  @Override
  public int read() throws IOException {
    return prepare() ? piece.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!prepare()) {
      return -1;
    }
    int count = Math.min(length, piece.remaining());
    piece.get(target, offset, count);
    return count;
  }

  /** Returns whether there is a byte to read. */
  private boolean prepare() throws IOException {
    ContentDecoder decoding = decoder;
    if (closed || decoding == null) {
      throw new IOException("the response to " + command + " was closed");
    }
    try {
      while (!piece.hasRemaining()) {
        ByteBuffer decoded = decoding.poll();
        if (decoded != null) {
          piece = decoded;
        } else if (ended || !receive(decoding)) {
          return false;
        }
      }
      return true;
    } catch (WireProtocolException e) {
      throw Version1Connection.fault(
          "The response to " + command + " cannot be decompressed: " + e.getMessage(), e);
    }
  }

  private boolean receive(ContentDecoder decoding) throws PeerException {
    int count;
    try {
      count = begun ? readInPace() : response.body().read(buffer);
      if (!begun) {
        begun = true;
        response.readTimeout(options.idleTimeout());
      }
    } catch (IOException e) {
      throw TransportFaults.of(e, url);
    }
    if (count < 0) {
      ended = true;
      if (hasEndMark && !decoding.hasEnded()) {
        throw truncated();
      }
      return false;
    }
    count(count);
    decoding.feed(ByteBuffer.wrap(buffer, 0, count));
    return true;
  }

  private int readInPace() throws IOException {
    int count = 0;
    pace.begin();
    try {
      count = response.body().read(buffer);
    } finally {
      pace.received(count);
    }
    return count;
  }

  private void count(int bytes) {
    connector.received(bytes);
    listener.bytesReceived(bytes);
  }

  private PeerProtocolException truncated() {
    return Version1Connection.fault(
        WireErrorCode.TRUNCATED, "The response to " + command + " ended too soon.");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (!ended) {
        response.cancel();
      }
      response.close();
      if (decoder != null) {
        decoder.close();
      }
    }
  }
}
