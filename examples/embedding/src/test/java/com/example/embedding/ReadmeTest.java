// SPDX-License-Identifier: Apache-2.0
package com.example.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RedirectEvent;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The snippets of the README are these classes, and they do what the README says. */
@Timeout(120)
final class ReadmeTest {
  private static final Path SOURCES = Path.of("src/main/java/com/example/embedding");

  @ParameterizedTest
  @CsvSource({
    "EmbeddedServer.java, server",
    "EmbeddedClient.java, client",
    "EmbeddedPull.java, pull",
    "EmbeddedRedirects.java, redirects",
  })
  void readmeShowsTheSnippet(String file, String snippet) throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    String block =
        "<!-- %s, snippet: %s -->\n```java\n%s```\n"
            .formatted(file, snippet, snippet(SOURCES.resolve(file), snippet));
    assertTrue(readme.contains(block), () -> "README.md does not contain:\n" + block);
  }

  @Test
  void clientCallsAndPullsFromServer(@TempDir Path directory) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (ServerProcess server = ServerProcess.start(EmbeddedServer.class)) {
      System.setOut(new PrintStream(output, true));
      EmbeddedClient.main(new String[] {server.url()});
      EmbeddedPull.main(new String[] {server.url(), directory.toString()});
    } finally {
      System.setOut(before);
    }
    assertTrue(output.toString().contains("branches: [default]"));
    assertTrue(output.toString().contains("changesets, every hash verified: 1"));
  }

  @Test
  void secondPullIsRedirected(@TempDir Path directory) throws Exception {
    Path content = directory.resolve("content");
    HttpServer host =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext(
        "/",
        exchange -> {
          byte[] body =
              Files.readAllBytes(content.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    host.start();
    String hostUrl = "http://127.0.0.1:" + host.getAddress().getPort() + "/";
    try (ServerProcess server =
        ServerProcess.start(EmbeddedRedirects.class, directory.toString(), hostUrl)) {
      assertEquals(0, redirectsOfAPull(server.url()));
      assertEquals(1, redirectsOfAPull(server.url()));
    } finally {
      host.stop(0);
    }
  }

  private static int redirectsOfAPull(String url) throws IOException {
    AtomicInteger completed = new AtomicInteger();
    PeerOptions options =
        PeerOptions.builder()
            .redirects(
                RedirectPolicy.builder()
                    .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1"))
                    .build())
            .listener(
                new ExchangeListener() {
                  @Override
                  public void redirectCompleted(RedirectEvent.Completed event) {
                    completed.incrementAndGet();
                  }
                })
            .build();
    try (Peer peer = Peer.connect(URI.create(url), options);
        PullSink sink = TemporaryRepositorySink.open()) {
      PullSummary summary = Pull.run(peer, sink);
      assertEquals(1, summary.changesets());
    }
    return completed.get();
  }

  private static String snippet(Path file, String name) throws IOException {
    Matcher region =
        Pattern.compile("// snippet: " + name + "\n(.*?)// end\n", Pattern.DOTALL)
            .matcher(Files.readString(file));
    assertTrue(region.find(), () -> file + " has no snippet " + name);
    return region.group(1);
  }
}
