// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real {@code hg serve} on a free port of the loopback interface, until it is closed. */
public final class HgServe implements AutoCloseable {
  /** The configuration with which {@code hg serve} speaks version 2. */
  public static final List<String> V2 =
      List.of(
          "--config", "experimental.web.apiserver=true",
          "--config", "experimental.web.api.http-v2=true");

  private final Process process;
  private final URI url;

  private HgServe(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Serves {@code repository} over version 2 (and 1). */
  public static HgServe v2(Hg hg, Path repository) {
    return start(hg, repository, V2);
  }

  /** Serves {@code repository} over version 1 alone. */
  public static HgServe v1(Hg hg, Path repository) {
    return start(hg, repository, List.of());
  }

  /** Serves {@code repository} with {@code options}. Anyone may push. */
  public static HgServe start(Hg hg, Path repository, List<String> options) {
    List<String> line = new ArrayList<>(List.of(hg.executable().toString(), "serve"));
    Collections.addAll(line, "-a", "127.0.0.1", "-p", "0", "--print-url");
    // Its access log goes to standard output, which nobody reads: hg stops when that pipe is full.
    Collections.addAll(line, "-A", "/dev/null");
    Collections.addAll(line, "--config", "web.allow-push=*", "--config", "web.push_ssl=false");
    line.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(line).directory(repository.toFile());
    Hg.cleanEnvironment(builder);
    builder.redirectError(repository.resolve(".hg/serve.err").toFile());
    try {
      Process process = builder.start();
      try {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String first =
            CompletableFuture.supplyAsync(() -> readLine(output)).get(60, TimeUnit.SECONDS);
        // The URL has the name of the machine and always http: only its port is useful.
        String scheme = options.contains("--certificate") ? "https" : "http";
        return new HgServe(process, URI.create(scheme + "://127.0.0.1:" + port(first) + "/"));
      } catch (Exception e) {
        Hg.kill(process);
        throw new IllegalStateException("hg serve did not start", e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the URL of the repository. */
  public URI url() {
    return url;
  }

  /** Returns the processor time of the server so far. */
  public Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  private static String readLine(BufferedReader output) {
    try {
      return String.valueOf(output.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(String printed) {
    int port = URI.create(printed.strip()).getPort();
    if (port < 0) {
      throw new IllegalStateException("hg serve printed " + printed);
    }
    return port;
  }

  @Override
  public void close() {
    Hg.kill(process);
  }
}
