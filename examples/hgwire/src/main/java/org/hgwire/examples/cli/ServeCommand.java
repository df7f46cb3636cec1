// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.hgwire.server.AccessLog;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerListener;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.netty.ServerTls;
import org.hgwire.server.store.RepositoryDirectories;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hgwire serve}: a server that runs until SIGTERM or SIGINT. */
@Command(
    name = "serve",
    description = "Serve repositories until SIGTERM or SIGINT, which stop it gracefully.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Mixin private RepositoryOptions repositories;

  @Option(names = "--demo", description = "Serve the built-in repository of the demo.")
  private boolean demo;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on (default: any free port).")
  private int port;

  @Mixin private EncodingOptions encodings;

  @Option(
      names = "--redirect-config",
      paramLabel = "FILE",
      description =
          "Keep large responses and redirect clients to content hosts, as configured in this file"
              + " (JSON; see docs/guide/command-line.md).")
  private @Nullable Path redirectConfig;

  @Option(
      names = "--verbose",
      description =
          "Print a line on standard error for each request, when it has ended: with --demo; for"
              + " other repositories this is the default.")
  private boolean verbose;

  @Option(names = "--quiet", description = "Print no line for each request.")
  private boolean quiet;

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
      return ServerTls.of(chain, key);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (demo == repositories.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          demo
              ? "--demo serves its own repository: leave it out, or -R and --web-dir"
              : "nothing to serve: -R, --web-dir or --demo is required");
    }
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port needs a port from 0 (any free one) to 65535, not " + port);
    }
    if (host.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--host needs a host or an address");
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (demo) {
      serve(RepositoryResolver.atRoot(DemoRepository.create()));
    } else {
      try (RepositoryDirectories directories = repositories.open(limits.limits())) {
        serve(directories);
      }
    }
    return 0;
  }

  private void serve(RepositoryResolver resolver) throws IOException {
    if (redirectConfig == null) {
      serve(resolver, null);
      return;
    }
    try (ServedContent content =
        ServedContent.open(RedirectConfiguration.read(redirectConfig), this::log)) {
      serve(resolver, content);
    }
  }

  private void serve(RepositoryResolver resolver, @Nullable ServedContent content)
      throws IOException {
    ServerListener listener = new FaultLog(this::log);
    if (verbose || !(demo || quiet)) {
      listener = AccessLog.to(this::log).andThen(listener);
    }
    ServerOptions.Builder options =
        ServerOptions.builder(resolver)
            .limits(limits.limits())
            .listener(listener)
            .encodings(encodings.encodings())
            .cloneBundles(repositories.cloneBundles());
    HgWireServer.Builder builder =
        HgWireServer.builder(service(options, content))
            .host(host)
            .port(port)
            .limits(limits.limits())
            .whenBroken(this::end);
    if (certificate != null) {
      builder.tls(certificate.context());
    }
    try (HgWireServer server = builder.start()) {
      untilStopped(server, content);
    }
  }

  /** Returns the service that handles requests. */
  static HttpService service(ServerOptions.Builder options, @Nullable ServedContent content) {
    if (content == null) {
      return new HttpEndpoint(options.build());
    }
    content.advertise(options);
    content.redirect(options);
    return content.with(new HttpEndpoint(options.build()));
  }

  private void log(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /** Ends the process at once: what is left of the server cannot even be closed reliably. */
  private void end(Throwable cause) {
    log("hgwire: a thread of the server died, so the server ends: " + cause);
    Runtime.getRuntime().halt(1);
  }

  private void untilStopped(HgWireServer server, @Nullable ServedContent content) {
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  close(content);
                  closed.countDown();
                },
                "hgwire-shutdown"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "listening on "
            + (certificate == null ? "http" : "https")
            + "://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + server.port()
            + "/");
    out.flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the content in the shutdown hook, where the try block of the command cannot. */
  private void close(@Nullable ServedContent content) {
    try {
      if (content != null) {
        content.close();
      }
    } catch (IOException e) {
      spec.commandLine().getErr().println("hgwire: " + Failure.of(e).message());
      spec.commandLine().getErr().flush();
    }
  }
}
