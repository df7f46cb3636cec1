// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * An nginx in its own process that serves the files of a directory, with the media type of objects,
 * until it is closed. Where none is installed (Debian's nginx-light is enough), the test is
 * skipped, and a line says so.
 */
public final class Nginx implements AutoCloseable {
  private static final int MAX_STARTS = 5;
  private static final int MAX_START_SECONDS = 10;

  private final Process process;
  private final Path log;
  private final URI url;

  private Nginx(Process process, Path log, URI url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /**
   * Serves a directory over http.
   *
   * @param directory what it serves
   * @param scratch a directory for its configuration and its logs
   */
  public static Nginx serving(Path directory, Path scratch) throws IOException {
    return start(directory, scratch, null);
  }

  /**
   * Serves a directory over https.
   *
   * @param directory what it serves
   * @param scratch a directory for its configuration, its key and its logs
   * @param certificate the certificate of {@code 127.0.0.1}
   */
  public static Nginx servingOverTls(Path directory, Path scratch, TestCertificate certificate)
      throws IOException {
    return start(directory, scratch, certificate);
  }

  private static Nginx start(Path directory, Path scratch, @Nullable TestCertificate certificate)
      throws IOException {
    Path executable =
        Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (executable == null) {
      System.err.println("tests with nginx as the content host are skipped: it is not installed");
      return Assumptions.abort("nginx is not installed");
    }
    if (certificate != null) {
      writeIdentity(certificate, scratch);
    }
    for (int i = 0; i < MAX_STARTS; i++) {
      Nginx nginx = tryPort(executable, freePort(), directory, scratch, certificate != null);
      if (nginx.isListening()) {
        return nginx;
      }
      nginx.close(); // another process took the port in between
    }
    throw new IOException("nginx does not start: " + Files.readString(scratch.resolve("errors")));
  }

  private static Nginx tryPort(
      Path executable, int port, Path directory, Path scratch, boolean secure) throws IOException {
    Path configuration =
        Files.writeString(
            scratch.resolve("nginx.conf"), configuration(port, directory, scratch, secure));
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "-p",
                scratch.toString(),
                "-e",
                scratch.resolve("errors").toString(),
                "-c",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("output").toFile())
            .start();
    URI url = URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port + "/");
    return new Nginx(process, scratch.resolve("access"), url);
  }

  private static String configuration(int port, Path directory, Path scratch, boolean secure) {
    String tls = "ssl_certificate SCRATCH/chain.pem; ssl_certificate_key SCRATCH/key.pem;";
    return """
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
      types { }
      default_type application/mercurial-cbor;
      server {
        listen 127.0.0.1:PORT;
        TLS
        root DIRECTORY;
      }
    }
    """
        .replace("TLS", secure ? tls : "")
        .replace("PORT;", port + (secure ? " ssl;" : ";"))
        .replace("SCRATCH", scratch.toString())
        .replace("DIRECTORY", directory.toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isListening() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_START_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()), 1000);
        return true;
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    return false;
  }

  /** Returns the URL of the directory, with a slash at its end. */
  public URI url() {
    return url;
  }

  /** Returns the lines of the access log, one per request. */
  public List<String> log() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private static void writeIdentity(TestCertificate certificate, Path scratch) throws IOException {
    StringBuilder chain = new StringBuilder();
    certificate.chain().forEach(link -> chain.append(pem("CERTIFICATE", der(link))));
    Files.writeString(scratch.resolve("chain.pem"), chain);
    Files.writeString(
        scratch.resolve("key.pem"), pem("PRIVATE KEY", certificate.key().getEncoded()));
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
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
