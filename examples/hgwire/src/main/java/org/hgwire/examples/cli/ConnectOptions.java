// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hgwire.client.Credentials;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.SpillOptions;
import org.hgwire.client.TlsOptions;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that connects. */
final class ConnectOptions {
  /** The description of the parameter URL. */
  static final String URL = "The repository: http[s]://[NAME[:PASSWORD]@]HOST[:PORT]/[PATH]";

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description =
          "For the server, trust the certificates in this PEM file and no others; and for content"
              + " hosts for which the server names none.")
  private @Nullable Path authorities;

  @Option(
      names = "--insecure",
      description = "Accept any certificate for any host. Only for tests.")
  private boolean insecure;

  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      description = "Send this header with every request; may be repeated.")
  private List<String> headers = List.of();

  @Mixin private LoginOptions login;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "The timeout to connect, to receive the first byte and between two bytes (default: 10,"
              + " 600 and 60).")
  private @Nullable Double timeout;

  @Option(
      names = "--protocol",
      paramLabel = "VERSION",
      description =
          "The version of the wire protocol to speak: v1 or v2 (default: auto, the best that the"
              + " server has).")
  private String protocol = "auto";

  @Mixin private EncodingOptions encodings;

  @Mixin private NetworkOptions network;

  @Mixin private RedirectOptions redirects;

  @Mixin private LimitOptions limits;

  @Mixin private TemporaryOptions temporary;

  @Option(
      names = "--max-request",
      paramLabel = "BYTES",
      description =
          "Send no request longer than this (default: 1000000); a pull sends several instead. The"
              + " suffixes K, M and G multiply by 1024, 1024^2 and 1024^3.")
  private @Nullable String maxRequest;

  @Option(
      names = "--verbose",
      description = "Print a line on standard error for each redirect and each clone bundle.")
  private boolean verbose;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Connects.
   *
   * @param url {@code http[s]://[NAME[:PASSWORD]@]HOST[:PORT]/[PATH]}
   * @param listener observes the connection
   */
  Peer connect(String url, ExchangeListener listener) throws IOException {
    return connect(url, listener, temporary.directory(null));
  }

  /** Connects, with the directory of temporary files, or null for that of the platform. */
  Peer connect(String url, ExchangeListener listener, @Nullable Path directory) throws IOException {
    ExchangeListener all =
        verbose ? listener.andThen(new RedirectReport(spec.commandLine().getErr())) : listener;
    PeerOptionsBuilder options =
        PeerOptions.builder()
            .listener(all)
            .redirects(redirects.policy(network.ofContent()))
            .limits(limits.limits());
    network.apply(options);
    if (authorities != null) {
      options.tls(TlsOptions.trusting(authorities));
    }
    if (insecure) {
      options.tls(TlsOptions.acceptAnything());
    }
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("--header needs NAME:VALUE, not " + header);
      }
      options.header(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    URI address = address(url);
    Credentials credentials = login.credentials(address);
    if (credentials != null) {
      options.credentials(credentials);
    }
    if (timeout != null) {
      Duration limit = Duration.ofMillis((long) (timeout * 1000));
      options.connectTimeout(limit).firstByteTimeout(limit).idleTimeout(limit);
    }
    switch (protocol) {
      case "auto" -> {}
      case "v1" -> options.protocol(ProtocolVersion.VERSION_1);
      case "v2" -> options.protocol(ProtocolVersion.VERSION_2);
      default ->
          throw new IllegalArgumentException("--protocol is auto, v1 or v2, not " + protocol);
    }
    options.encodings(encodings.encodings());
    if (maxRequest != null) {
      options.maxRequestBytes(LimitOptions.value(maxRequest));
    }
    if (directory != null) {
      options.spill(SpillOptions.DEFAULT.withDirectory(directory));
    }
    return Peer.connect(address, options.build());
  }

  /** Returns the directory of temporary files; see {@link TemporaryOptions#directory}. */
  @Nullable Path temporary(@Nullable Path otherwise) {
    return temporary.directory(otherwise);
  }

  /** Returns the limits on what is accepted. */
  WireLimits limits() {
    return limits.limits();
  }

  /** Returns whether redirects and clone bundles are reported. */
  boolean verbose() {
    return verbose;
  }

  private static URI address(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // Without the text of the URL: it may have a password.
      throw new IllegalArgumentException(
          "not a URL: "
              + e.getReason()
              + (e.getIndex() < 0 ? "" : " at index " + e.getIndex())
              + "; give http://HOST/PATH or https://HOST/PATH",
          e);
    }
  }
}
