// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.hgwire.redirects.testing.TestCertificate;
import org.jspecify.annotations.Nullable;

/** An nginx that serves a directory over TLS, in a process of its own. */
final class Nginx implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
  private static final int TRIES = 5;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts one on a port that is free now; if somebody else takes it meanwhile, on another. */
  static Nginx serving(Path root, Path directory, TestCertificate certificate)
      throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Nginx started = tryOn(freePort(), root, directory, certificate);
      if (started != null) {
        return started;
      }
    }
    throw new IOException(
        "nginx does not start: " + Files.readString(directory.resolve("error.log")));
  }

  int port() {
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static @Nullable Nginx tryOn(
      int port, Path root, Path directory, TestCertificate certificate)
      throws IOException, InterruptedException {
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, configuration(port, root, directory));
    StringBuilder chain = new StringBuilder();
    certificate.chain().forEach(link -> chain.append(pem(link)));
    Files.writeString(directory.resolve("chain.pem"), chain);
    Files.writeString(
        directory.resolve("key.pem"), pem("PRIVATE KEY", certificate.key().getEncoded()));
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(), "-p", directory.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile())
            .start();
    while (process.isAlive()) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return new Nginx(process, port);
      } catch (IOException notYet) {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
    return null;
  }

  private static String configuration(int port, Path root, Path directory) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    return """
        daemon off; %s
        worker_processes 1;
        pid %2$s/pid;
        error_log %2$s/error.log;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path %2$s/t1; proxy_temp_path %2$s/t2; fastcgi_temp_path %2$s/t3;
          uwsgi_temp_path %2$s/t4; scgi_temp_path %2$s/t5;
          types { }
          default_type application/mercurial-cbor;
          server {
            listen 127.0.0.1:%4$d ssl;
            ssl_certificate %2$s/chain.pem;
            ssl_certificate_key %2$s/key.pem;
            location /contents/ { alias %3$s/; }
          }
        }
        """
        .formatted(user, directory, root, port);
  }

  private static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
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
