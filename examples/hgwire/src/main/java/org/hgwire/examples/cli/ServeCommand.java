// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.clonebundles.ManifestFile;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.netty.HgWireServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hgwire serve}: a server until it is told to stop. */
@Command(
    name = "serve",
    description = "Serves a repository until SIGTERM or SIGINT, which end it gracefully.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--demo", description = "Serve the built-in repository of the demo.")
  private boolean demo;

  @Option(names = "--host", description = "Where to listen (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(names = "--port", description = "Where to listen (default: any port that is free).")
  private int port;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      split = ",",
      description =
          "Use these content encodings, the most preferred first (default:"
              + " zstd-8mb,zlib,identity).")
  private List<String> encodings = List.of();

  @Option(
      names = "--redirect-config",
      paramLabel = "FILE",
      description =
          "Keep responses and redirect clients to stores of them, as this file says (JSON; see"
              + " docs/guide/command-line.md).")
  private @Nullable Path redirectConfig;

  @Option(
      names = "--clonebundles",
      paramLabel = "FILE",
      description =
          "Tell clients of the clone bundles in this manifest; it is read again when it changes.")
  private @Nullable Path cloneBundles;

  @Mixin private LimitOptions limits;

  @ArgGroup(exclusive = false)
  private @Nullable Certificate certificate;

  @Spec private CommandSpec spec;

  /** The certificate of a server that speaks TLS. */
  static final class Certificate {
    @Option(
        names = "--cert",
        paramLabel = "FILE",
        required = true,
        description = "Serve https with this certificate chain (PEM).")
    private Path chain = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "The private key of the certificate (PEM, PKCS #8).")
    private Path key = Path.of("");

    private SslContext context() throws IOException {
      return tls(chain, key);
    }
  }

  /** Returns TLS with a certificate chain and its key, both in PEM form. */
  static SslContext tls(Path chain, Path key) throws IOException {
    try {
      return SslContextBuilder.forServer(chain.toFile(), key.toFile())
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          chain + " and " + key + " are not a certificate chain and its key in PEM form", e);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (!demo) {
      throw new ParameterException(spec.commandLine(), "nothing to serve: give --demo");
    }
    if (redirectConfig == null) {
      serve(null);
      return 0;
    }
    try (ServedContents contents =
        ServedContents.open(RedirectConfiguration.read(redirectConfig))) {
      serve(contents);
    }
    return 0;
  }

  private void serve(@Nullable ServedContents contents) throws IOException {
    ServerOptions.Builder options =
        ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create()))
            .limits(limits.limits());
    if (!encodings.isEmpty()) {
      options.encodings(ContentEncodings.named(encodings.toArray(String[]::new)));
    }
    if (cloneBundles != null) {
      Files.newInputStream(cloneBundles).close();
      options.cloneBundles(ManifestFile.of(cloneBundles));
    }
    HgWireServer.Builder builder =
        HgWireServer.builder(service(options, contents)).host(host).port(port);
    if (certificate != null) {
      builder.tls(certificate.context());
    }
    untilStopped(builder.start(), contents);
  }

  /** Returns what answers requests. */
  static HttpService service(ServerOptions.Builder options, @Nullable ServedContents contents) {
    if (contents == null) {
      return new HttpEndpoint(options.build());
    }
    contents.advertise(options);
    contents.redirect(options);
    return contents.with(new HttpEndpoint(options.build()));
  }

  private void untilStopped(HgWireServer server, @Nullable ServedContents contents) {
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  close(contents);
                  closed.countDown();
                },
                "hgwire-shutdown"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "listening on "
            + (certificate == null ? "http" : "https")
            + "://"
            + host
            + ":"
            + server.port()
            + "/");
    out.flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
    }
  }

  /** Closes what is there before the process ends: nobody waits for the command then. */
  private void close(@Nullable ServedContents contents) {
    try {
      if (contents != null) {
        contents.close();
      }
    } catch (IOException e) {
      spec.commandLine().getErr().println("hgwire: " + Failure.of(e).message());
      spec.commandLine().getErr().flush();
    }
  }
}
