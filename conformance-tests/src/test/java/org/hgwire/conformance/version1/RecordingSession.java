// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.RecordingProxy;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.conformance.transcript.Transcript;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;

/** What a scenario does: calls of hg and requests by hand, all recorded as text. */
final class RecordingSession {
  private final Hg hg;
  private final Path repository;
  private final Path directory;
  private final RecordingProxy proxy;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StringBuilder text = new StringBuilder();
  private int seen;
  private final Set<Exchange> kept = new HashSet<>();

  /**
   * Creates a session.
   *
   * @param repository what is served
   * @param directory where clones are made
   */
  RecordingSession(Hg hg, Path repository, Path directory, RecordingProxy proxy) {
    this.hg = hg;
    this.repository = repository;
    this.directory = directory;
    this.proxy = proxy;
  }

  /** Returns the full hash of a revision of what is served. */
  String node(String revision) {
    return hg.run(repository, "log", "--hidden", "-r", revision, "-T", "{node}");
  }

  /** Makes a clone from the disk, unrecorded, with only what {@code options} say. */
  Path local(String clone, String... options) {
    String[] line = new String[options.length + 4];
    System.arraycopy(options, 0, line, 4, options.length);
    line[0] = "clone";
    line[1] = "-qU";
    line[2] = repository.toString();
    line[3] = clone;
    hg.run(directory, line);
    return directory.resolve(clone);
  }

  /** Runs hg unrecorded. */
  void run(Path in, String... arguments) {
    hg.run(in, arguments);
  }

  /** Calls hg where clones are made; {@code @} is the URL of the server. */
  void hg(String... arguments) {
    hg(directory, arguments);
  }

  /** Calls hg in a clone. */
  void hg(Path in, String... arguments) {
    List<String> line =
        Arrays.stream(arguments)
            .map(each -> each.replaceFirst("^@", proxy.url().toString()))
            .toList();
    int status = hg.tryRun(in, "", line).status();
    String shown = String.join(" ", arguments).replace("@", "URL");
    note("hg " + shown + (status == 0 ? "" : ", which exits with " + status));
  }

  /** Sends a request by hand. */
  void request(String method, String target, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(proxy.url() + target))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    note("by hand");
  }

  /** Appends what was recorded since the last call and was not seen before. */
  private void note(String what) {
    List<Exchange> all = proxy.exchanges();
    text.append("\n# ").append(what).append('\n');
    for (Exchange exchange : all.subList(seen, all.size())) {
      Exchange known = withoutPage(exchange);
      if (kept.add(withoutAgent(known))) {
        text.append(new Transcript(List.of(known)).print(outline(known)));
      }
    }
    seen = all.size();
  }

  /** Leaves out a page for browsers, which is none of the protocol. */
  private static Exchange withoutPage(Exchange exchange) {
    String type = exchange.responseHeaders().getOrDefault("content-type", "");
    return type.startsWith("text/html")
        ? with(exchange, exchange.responseHeaders(), ByteString.empty())
        : exchange;
  }

  /** Leaves out what differs from response to response. */
  private static Exchange withoutAgent(Exchange exchange) {
    return with(exchange, Map.of(), exchange.responseBody());
  }

  private static Exchange with(Exchange exchange, Map<String, String> headers, ByteString body) {
    return new Exchange(
        exchange.method(),
        exchange.target(),
        exchange.requestHeaders(),
        exchange.requestBody(),
        exchange.status(),
        headers,
        body);
  }

  private static String outline(Exchange exchange) {
    boolean bundle =
        Payloads.command(exchange).equals("getbundle")
            && exchange.status() == 200
            && exchange.responseHeaders().getOrDefault("content-type", "").contains("mercurial-0");
    try {
      return bundle ? BundleContent.of(Payloads.stream(exchange)).outline() : "";
    } catch (WireProtocolException error) {
      return String.valueOf(error.getMessage());
    }
  }

  /** Returns the text of all that was recorded. */
  String text() {
    return text.toString();
  }
}
