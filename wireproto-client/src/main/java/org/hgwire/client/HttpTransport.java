// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client needs from an HTTP library: one request per call, several calls concurrently.
 *
 * <p>An implementation follows no redirects, keeps no cookies, adds no credentials, does not retry,
 * and applies the timeouts of {@link PeerOptions}. It is safe for use by several threads.
 */
public interface HttpTransport extends AutoCloseable {
  /**
   * Sends a request and waits for the head of the response.
   *
   * @throws java.io.InterruptedIOException if a timeout passed
   * @throws IOException if there is no response
   */
  Response send(Request request) throws IOException;

  /** Frees the connections and threads that belong to this transport alone. */
  @Override
  void close();

  /** A header field. */
  record Header(String name, String value) {}

  /**
   * A request.
   *
   * @param url absolute, http or https, without user info
   * @param headers the headers, Content-Type among them if there is a body
   * @param body the buffers of the body of a POST, in order, or null for a GET; their total is sent
   *     as Content-Length
   */
  record Request(URI url, List<Header> headers, @Nullable List<ByteBuffer> body) {
    /** Copies the lists. */
    public Request {
      headers = List.copyOf(headers);
      body = body == null ? null : List.copyOf(body);
    }

    /** Returns the HTTP method: GET, or POST if there is a body. */
    public String method() {
      return body == null ? "GET" : "POST";
    }

    /** Returns the length of the body in bytes. */
    public long bodyLength() {
      long length = 0;
      for (ByteBuffer part : body == null ? List.<ByteBuffer>of() : body) {
        length += part.remaining();
      }
      return length;
    }

    /** Returns the method and the URL only: headers may hold credentials. */
    @Override
    public String toString() {
      return method() + " " + url;
    }
  }

  /** The head of a response, and its body as a stream. */
  interface Response extends AutoCloseable {
    /** Returns the HTTP status code. */
    int status();

    /** Returns the first header with this name, in any case, or null. */
    @Nullable String header(String name);

    /** Returns all headers with this name, in any case; empty if there are none. */
    default List<String> headers(String name) {
      String first = header(name);
      return first == null ? List.of() : List.of(first);
    }

    /**
     * Returns the body, as it arrives. A read throws {@link java.io.InterruptedIOException} when a
     * timeout passes and {@link java.io.EOFException} or another {@link IOException} when the body
     * is cut short; -1 only at the end that HTTP declares.
     */
    InputStream body();

    /**
     * Sets how long each later read of the body may wait for its first byte. Initially it is {@link
     * PeerOptions#firstByteTimeout()}.
     */
    void readTimeout(Duration timeout);

    /** Ends the exchange at once, from any thread: a read that is waiting fails. */
    void cancel();

    /** Frees the connection; called by the thread that reads. The rest of the body is dropped. */
    @Override
    void close();
  }
}
