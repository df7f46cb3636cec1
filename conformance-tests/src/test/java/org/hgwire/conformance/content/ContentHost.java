// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.content;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A static web server for the files of one directory that can be made to fail. */
public final class ContentHost implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Path directory;
  private final List<Served> served = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = Behaviour.SOUND;

  /** How a content host behaves. */
  public enum Behaviour {
    /** Correctly. */
    SOUND,
    /** Responds with status 503. */
    UNAVAILABLE,
    /** Sends half of the content, then nothing, and keeps the connection open. */
    STALLED,
    /** Sends one wrong byte. */
    WRONG_BYTE,
    /** Sends one byte too many, and a length that includes it. */
    TOO_LONG,
    /** Sends half of the content and closes the connection, unless the rest is requested. */
    CUT
  }

  /**
   * A request that was received.
   *
   * @param path the path of the request
   * @param authorization its Authorization header, or null
   * @param cookie its Cookie header, or null
   * @param range its Range header, or null
   */
  public record Served(
      String path,
      @Nullable String authorization,
      @Nullable String cookie,
      @Nullable String range) {}

  private ContentHost(HttpServer server, Path directory) {
    this.server = server;
    this.directory = directory;
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Serves the files of {@code directory} over http, on a free port. */
  public static ContentHost http(Path directory) throws IOException {
    return new ContentHost(HttpServer.create(anyPort(), 0), directory);
  }

  /** Serves the files of {@code directory} over https, on a free port. */
  public static ContentHost https(Path directory, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new ContentHost(server, directory);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Changes the behaviour from now on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /**
   * Returns the URL of the directory, with a slash at its end; it has an address, not a host name.
   */
  public URI url() {
    return url("127.0.0.1");
  }

  /** Returns the URL of the directory with a host name of this machine. */
  public URI url(String host) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://" + host + ":" + server.getAddress().getPort() + "/");
  }

  /** Returns the requests so far. */
  public List<Served> served() {
    return List.copyOf(served);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    String range = headers.getFirst("Range");
    served.add(
        new Served(
            exchange.getRequestURI().getPath(),
            headers.getFirst("Authorization"),
            headers.getFirst("Cookie"),
            range));
    Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
    try (exchange) {
      if (behaviour == Behaviour.UNAVAILABLE) {
        exchange.sendResponseHeaders(503, -1);
      } else if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        send(exchange, Files.readAllBytes(file), range);
      }
    }
  }

  private void send(HttpExchange exchange, byte[] content, @Nullable String range)
      throws IOException {
    int from = 0;
    int to = content.length;
    int status = 200;
    exchange.getResponseHeaders().set("ETag", "\"" + content.length + "\"");
    exchange.getResponseHeaders().set("Content-Type", "application/mercurial-cbor");
    Matcher matcher = RANGE.matcher(range == null ? "" : range);
    if (matcher.matches()) {
      status = 206;
      from = Integer.parseInt(matcher.group(1));
      if (!matcher.group(2).isEmpty()) {
        to = Math.min(to, Integer.parseInt(matcher.group(2)) + 1);
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
    }
    if (behaviour == Behaviour.WRONG_BYTE && content.length > 0) {
      content[content.length / 2] ^= 1;
    }
    int length = to - from;
    int more = behaviour == Behaviour.TOO_LONG ? 1 : 0;
    exchange.sendResponseHeaders(status, length + more);
    OutputStream body = exchange.getResponseBody();
    if (behaviour == Behaviour.STALLED || (behaviour == Behaviour.CUT && status == 200)) {
      body.write(content, from, length / 2);
      body.flush();
      if (behaviour == Behaviour.STALLED) {
        awaitClose();
      }
      return;
    }
    body.write(content, from, length);
    body.write(new byte[more]);
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
