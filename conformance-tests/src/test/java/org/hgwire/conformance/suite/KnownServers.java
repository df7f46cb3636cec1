// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.RedirectingHgServe;
import org.hgwire.conformance.mercurial.RedirectingHgServe.Content;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;

/** The servers that the suite is run against: ours and Mercurial's, over the known repository. */
public final class KnownServers {
  /** The directory of the matrix: configurations, results, and the pages made of them. */
  public static final Path MATRIX =
      RealHg.script("fetch-hg").resolve("../../../../../docs/conformance").normalize();

  private KnownServers() {}

  /** Makes the known repository with hg 5.6.1, in a folder of {@code directory}. */
  public static Path repository(Path directory) throws IOException {
    Path script =
        Files.writeString(directory.resolve("known-repository"), KnownRepository.script());
    Path known = directory.resolve("known");
    String hg = "HG=" + RealHg.require(HgVersion.V5_6).executable();
    ProcessBuilder builder =
        new ProcessBuilder("env", hg, "sh", script.toString(), known.toString());
    Hg.run(builder, "").orThrow();
    return known;
  }

  /** Serves {@code repository} with our server. */
  public static HgWireServer hgwire(StoreRepository repository) throws IOException {
    return HgWireServer.builder(
            new HttpEndpoint(ServerOptions.builder(RepositoryResolver.atRoot(repository)).build()))
        .grace(Duration.ofSeconds(1))
        .start();
  }

  /**
   * Serves {@code repository} with our server, which redirects to itself, with files in a folder of
   * {@code directory}.
   */
  static RedirectingServer redirecting(StoreRepository repository, Path directory)
      throws IOException {
    Path files = Files.createDirectory(directory.resolve("redirects"));
    return RedirectingServer.start(repository, RedirectingServer.Settings.plain(files, null));
  }

  /** Returns the URL of a server of ours. */
  public static URI url(HgWireServer server) {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  /** Serves {@code repository} with hg, which lets nobody push. */
  public static HgServe mercurial(Hg hg, Path repository, boolean version2) {
    List<String> options = new ArrayList<>(List.of("--config", "web.allow-push="));
    if (version2) {
      options.addAll(HgServe.V2);
    }
    return HgServe.start(hg, repository, options);
  }

  /** Serves {@code repository} with hg, which redirects to {@code content} by an extension. */
  static RedirectingHgServe redirecting(Hg hg, Path repository, Content content) {
    return RedirectingHgServe.start(hg, repository, content, "--config", "web.allow-push=");
  }

  /**
   * Returns the configuration with the known faults of {@code hg}, or those of the newest version
   * that has one: that of Debian moves.
   */
  static SuiteConfiguration faults(Hg hg) throws IOException {
    String version = hg.version();
    Path file = MATRIX.resolve("mercurial-" + version + ".json");
    try (InputStream input =
        Files.newInputStream(Files.exists(file) ? file : MATRIX.resolve("mercurial-7.2.4.json"))) {
      return ConfigurationReader.read(input).toBuilder().peer("Mercurial " + version).build();
    }
  }
}
