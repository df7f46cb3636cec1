// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.hgwire.core.ByteString;

/**
 * A connection to a server, for one request whose every byte is known. An HTTP library would mend
 * what a case means to be malformed.
 *
 * <p>The request is written by a thread of its own: a server may answer, and close, before it has
 * read all of it.
 */
public final class HttpConnection implements AutoCloseable {
  private final Socket socket;
  private final String host;
  private final Duration timeout;

  private HttpConnection(Socket socket, String host, Duration timeout) {
    this.socket = socket;
    this.host = host;
    this.timeout = timeout;
  }

  /**
   * Connects to the host of {@code url}.
   *
   * @param timeout how long connecting may take, and then the whole exchange
   * @throws IOException if there is no connection
   */
  public static HttpConnection open(URI url, Duration timeout) throws IOException {
    return open(url, timeout, List.of());
  }

  /**
   * Connects to the host of {@code url}, and over https trusts only some certificates.
   *
   * @param certificates the certificates, DER; none for those of the platform
   * @throws IOException if there is no connection
   */
  static HttpConnection open(URI url, Duration timeout, List<ByteString> certificates)
      throws IOException {
    boolean secure = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(url.getHost(), port), Math.toIntExact(timeout.toMillis()));
      socket.setTcpNoDelay(true);
      if (secure) {
        socket = secured(socket, url.getHost(), port, certificates);
      }
      return new HttpConnection(socket, url.getRawAuthority(), timeout);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket socket, String host, int port, List<ByteString> certificates)
      throws IOException {
    SSLSocket secured =
        (SSLSocket)
            TrustedCertificates.sockets(certificates).createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /**
   * Sends {@code request} and reads the response. A connection that is closed without a response,
   * or within its body, is no exception: the response says so.
   *
   * @throws IOException if no response came in time, or one whose head cannot be read
   */
  public HttpResponse exchange(SentRequest request) throws IOException {
    byte[] bytes = request.encode(host);
    Thread writer = new Thread(() -> write(bytes, request.isCut()), "conformance-request");
    writer.setDaemon(true);
    writer.start();
    InputStream input = new DeadlineInput(socket, System.nanoTime() + timeout.toNanos());
    return new ResponseReader(input).read(request.method().equals("HEAD"));
  }

  private void write(byte[] bytes, boolean halfClose) {
    try {
      OutputStream output = socket.getOutputStream();
      output.write(bytes);
      output.flush();
      if (halfClose) {
        socket.shutdownOutput();
      }
    } catch (IOException serverStoppedReading) {
      // What it answered, if anything, is read and judged.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException closedAlready) {
      // Nothing is left to reset.
    }
    socket.close();
  }
}
