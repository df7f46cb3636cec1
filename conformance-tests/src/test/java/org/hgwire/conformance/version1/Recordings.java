// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.conformance.transcript.Transcript;
import org.hgwire.core.command.Node;

/** The recorded transcripts of version 1, and the repositories that were served. */
final class Recordings {
  /** The versions of hg that were recorded, each with its own server. */
  static final List<String> VERSIONS = List.of("5.6.1", "6.3.2", "7.0.1", "7.2.4");

  private static final String RESOURCES = "/org/hgwire/conformance/transcripts/version1/";

  private Recordings() {}

  /** Returns the exchanges of one transcript. */
  static List<Exchange> exchanges(String version, String name) {
    return Transcript.named("version1/" + version + "/" + name).exchanges();
  }

  /** Returns the successful responses to {@code getbundle} of one transcript. */
  static List<Exchange> bundles(String version, String name) {
    return exchanges(version, name).stream().filter(Recordings::isBundle).toList();
  }

  /** Returns whether a response is a bundle. */
  static boolean isBundle(Exchange exchange) {
    String type = exchange.responseHeaders().getOrDefault("content-type", "");
    return Payloads.command(exchange).equals("getbundle")
        && exchange.status() == 200
        && type.startsWith("application/mercurial-0.");
  }

  /** Returns all revisions of a repository, which its first recorded clone has. */
  static KnownRevisions revisions(String version, String repository) {
    String clone = repository.equals("wire") ? "clone" : repository;
    BundleContent bundle = BundleContent.of(Payloads.stream(bundles(version, clone).get(0)));
    return new KnownRevisions(bundle.parts("changegroup").get(0));
  }

  /** Unpacks a repository as that version of hg made it. */
  static Path unpack(String version, String repository, Path directory) throws IOException {
    Files.createDirectories(directory.resolve(".hg/store"));
    String name = RESOURCES + version + "/" + repository + ".zip";
    try (InputStream input = Recordings.class.getResourceAsStream(name);
        ZipInputStream zip = new ZipInputStream(input)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    return directory;
  }

  /** Returns the arguments of a request, from headers, the body or the query. */
  static Map<String, String> arguments(Exchange exchange) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 1; exchange.requestHeaders().containsKey("x-hgarg-" + i); i++) {
      encoded.append(exchange.requestHeaders().get("x-hgarg-" + i));
    }
    if (exchange.requestHeaders().containsKey("x-hgargs-post")) {
      encoded.append(exchange.requestBody().utf8());
    }
    Map<String, String> arguments = new TreeMap<>();
    for (String each : encoded.toString().split("&", -1)) {
      String[] pair = each.split("=", 2);
      if (pair.length == 2) {
        arguments.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return arguments;
  }

  /** Returns the nodes that an argument lists. */
  static List<Node> nodes(Exchange exchange, String argument) {
    return Arrays.stream(arguments(exchange).getOrDefault(argument, "").split(" "))
        .filter(hex -> hex.length() == 2 * Node.BYTES)
        .map(Node::fromHex)
        .toList();
  }
}
