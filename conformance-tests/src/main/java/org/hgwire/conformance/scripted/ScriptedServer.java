// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hgwire.conformance.exchange.HttpInput;
import org.jspecify.annotations.Nullable;

/**
 * Serves scripted repositories on the loopback interface, each below a path of its own. A
 * connection has one request, and every byte of the response is known.
 */
public final class ScriptedServer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int BACKLOG = 50;

  private final Map<String, ScriptedRepository> repositories = new ConcurrentHashMap<>();
  private final ServerSocket socket;

  /**
   * Starts a server at a free port.
   *
   * @throws IOException if there is none
   */
  public ScriptedServer() throws IOException {
    socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /**
   * Serves a repository.
   *
   * @param name the path, without slashes at its ends
   * @return the URL
   */
  public URI serve(String name, ScriptedRepository repository) {
    URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/" + name + "/");
    repository.servedAt(url);
    repositories.put("/" + name + "/", repository);
    return url;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        start(() -> respond(connection));
      } catch (IOException closed) {
        // The loop ends if the server was closed; a connection that failed is the client's.
      }
    }
  }

  private void respond(Socket connection) {
    try (connection) {
      connection.setSoTimeout(TIMEOUT_MILLIS);
      connection.setTcpNoDelay(true);
      HttpInput input = new HttpInput(connection.getInputStream());
      ReceivedRequest request = ReceivedRequest.read(input);
      OutputStream output = new BufferedOutputStream(connection.getOutputStream());
      ScriptedRepository repository = find(request.target());
      if (repository == null) {
        HttpDraft notFound = new HttpDraft("text/plain");
        notFound.setStatus(404);
        write(notFound, output);
      } else {
        respond(repository, request, output);
      }
      output.flush();
      connection.shutdownOutput();
      input.drain();
    } catch (IOException clientClosed) {
      // What the client makes of the response is judged by how it ends.
    }
  }

  private static void respond(
      ScriptedRepository repository, ReceivedRequest request, OutputStream output)
      throws IOException {
    try {
      HttpDraft response = repository.respond(request);
      if (!response.isSilent()) {
        write(response, output);
      }
    } catch (RuntimeException | Error e) {
      repository.failed(e);
    }
  }

  private @Nullable ScriptedRepository find(String target) {
    // hg puts its own slash between the URL of a repository and the path of an API.
    String path = target.replaceAll("/{2,}", "/").replaceFirst("\\?.*", "") + "/";
    for (Map.Entry<String, ScriptedRepository> entry : repositories.entrySet()) {
      if (path.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static void write(HttpDraft response, OutputStream output) throws IOException {
    byte[] body = response.body().toByteArray();
    boolean chunked = response.chunkSize() != HttpDraft.NO_CHUNKS;
    boolean endless = !response.repeated().isEmpty();
    StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " Scripted\r\n");
    response.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (!endless) {
      head.append("Content-Length: " + body.length + "\r\n");
    }
    output.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    int end = body.length - response.missing();
    if (!chunked) {
      output.write(body, 0, end);
    } else {
      for (int at = 0; at < end; at += response.chunkSize()) {
        int length = Math.min(response.chunkSize(), end - at);
        output.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        output.write(body, at, length);
        output.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      if (response.missing() == 0) {
        output.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    byte[] repeated = response.repeated().toByteArray();
    while (endless) {
      output.write(repeated);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
