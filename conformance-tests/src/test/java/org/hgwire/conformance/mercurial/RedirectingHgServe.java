// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A real {@code hg serve} with the extension {@code redirecting.py}: it keeps the response to
 * changesetdata, manifestdata, filedata and filesdata in a file, and redirects to it from the
 * second request on.
 */
public final class RedirectingHgServe implements AutoCloseable {
  /** The name of the target that is advertised. */
  public static final String TARGET = "elsewhere";

  private final HgServe serve;
  private final Path log;

  private RedirectingHgServe(HgServe serve, Path log) {
    this.serve = serve;
    this.log = log;
  }

  /**
   * What is redirected where.
   *
   * @param directory where content is written
   * @param url the URL of the content host
   * @param serverCertificates the certificates in locations, as DER files
   */
  public record Content(Path directory, URI url, List<Path> serverCertificates) {}

  /** Serves {@code repository} with {@code more} options. */
  public static RedirectingHgServe start(Hg hg, Path repository, Content content, String... more) {
    Path log = content.directory().resolveSibling(content.directory().getFileName() + ".log");
    List<String> options = new ArrayList<>(HgServe.V2);
    config(options, "extensions.redirecting", RealHg.script("redirecting.py").toString());
    config(options, "redirecting.target", TARGET);
    config(options, "redirecting.base", content.url().toString());
    config(options, "redirecting.directory", content.directory().toString());
    config(options, "redirecting.log", log.toString());
    config(
        options,
        "redirecting.servercertificates",
        content.serverCertificates().stream().map(Path::toString).collect(Collectors.joining(",")));
    Collections.addAll(options, more);
    return new RedirectingHgServe(HgServe.start(hg, repository, options), log);
  }

  private static void config(List<String> options, String name, String value) {
    Collections.addAll(options, "--config", name + "=" + value);
  }

  /** Returns the URL of the repository. */
  public URI url() {
    return serve.url();
  }

  /** Returns a line for each response so far: the command, and {@code inline} or redirected. */
  public List<String> log() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Override
  public void close() {
    serve.close();
  }
}
