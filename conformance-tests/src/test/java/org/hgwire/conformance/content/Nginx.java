// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.content;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real nginx that serves the files of a directory, until it is closed. */
public final class Nginx implements AutoCloseable {
  private static final int STARTS = 5;
  private static final int PATIENCE_MILLIS = 10_000;

  private final Process process;
  private final Path log;
  private final int port;

  private Nginx(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Serves {@code directory}; without an nginx the test is skipped with one line.
   *
   * @param scratch a directory for its configuration and its log
   */
  public static Nginx serving(Path directory, Path scratch) throws IOException {
    Path executable =
        Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (executable == null) {
      System.err.println("tests with nginx as the content host are skipped: there is no nginx");
      return Assumptions.abort("there is no nginx");
    }
    for (int start = 0; start < STARTS; start++) {
      Nginx nginx = start(executable, directory, scratch, freePort());
      if (nginx.responds()) {
        return nginx;
      }
      nginx.close(); // another process took the port meanwhile
    }
    throw new IOException("nginx does not start: " + Files.readString(scratch.resolve("errors")));
  }

  private static Nginx start(Path executable, Path directory, Path scratch, int port)
      throws IOException {
    Path log = scratch.resolve("access");
    String configuration =
        """
        daemon off;
        master_process off;
        pid SCRATCH/pid;
        error_log SCRATCH/errors;
        events {}
        http {
          access_log SCRATCH/access;
          client_body_temp_path SCRATCH/body;
          proxy_temp_path SCRATCH/proxy;
          fastcgi_temp_path SCRATCH/fastcgi;
          uwsgi_temp_path SCRATCH/uwsgi;
          scgi_temp_path SCRATCH/scgi;
          default_type application/mercurial-cbor;
          server {
            listen 127.0.0.1:PORT;
            root DIRECTORY;
          }
        }
        """
            .replace("SCRATCH", scratch.toString())
            .replace("DIRECTORY", directory.toString())
            .replace("PORT", Integer.toString(port));
    Path file = Files.writeString(scratch.resolve("nginx.conf"), configuration);
    Process process =
        new ProcessBuilder(
                List.of(
                    executable.toString(),
                    "-p",
                    scratch.toString(),
                    "-e",
                    scratch.resolve("errors").toString(),
                    "-c",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("output").toFile())
            .start();
    return new Nginx(process, log, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean responds() throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return true;
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    return false;
  }

  /** Returns the URL of the directory, with a slash at its end. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Returns the lines of its log, one per request. */
  public List<String> log() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
