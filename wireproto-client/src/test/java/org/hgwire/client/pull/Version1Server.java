// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;

/**
 * A server of version 1 that serves a {@link ScriptedRepository}, honestly until a test sets a lie.
 */
final class Version1Server implements AutoCloseable {
  private static final String TYPE = "application/mercurial-0.1";
  private static final String STREAM_TYPE = "application/mercurial-0.2";
  private static final Pattern NODE = Pattern.compile("[0-9a-f]{40}");
  private static final ByteString NAMESPACE = ByteString.utf8("namespace");
  private static final String WORDS =
      "batch getbundle httpheader=1024 httpmediatype=0.1rx,0.1tx,0.2tx known lookup pushkey"
          + " bundle2=HG20%0Achangegroup%3D01%2C02%2C03%0Alistkeys%0Aobsmarkers%3DV0%2CV1";

  private final MockWebServer server = new MockWebServer();
  private final ScriptedRepository repository;

  /** What is sent instead of the response to a command, or of a command in a batch. */
  final Map<String, String> texts = new HashMap<>();

  /** What is sent instead of the response to a request. */
  final Map<String, MockResponse> responses = new HashMap<>();

  /** Changes each bundle before it is written. */
  Consumer<ScriptedBundle> lie = bundle -> {};

  /** Changes each bundle that was written. */
  UnaryOperator<byte[]> bytes = written -> written;

  boolean knowsNothing;

  /** How bundles are compressed. */
  String compression = "none";

  /** Changes each bundle that was compressed. */
  UnaryOperator<byte[]> compressed = packed -> packed;

  /** The bookmarks and phases, as listkeys has them. */
  String bookmarks = "";

  String phases = "publishing\tTrue";

  Version1Server(ScriptedRepository repository) {
    this.repository = repository;
  }

  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return respond(request);
          }
        });
    server.setServerSocketFactory(new ImmediateSockets());
    server.start();
  }

  URI url() {
    return server.url("/").uri();
  }

  /** Makes it honest again. */
  void repent() {
    knowsNothing = false;
    texts.clear();
    responses.clear();
    lie = bundle -> {};
    bytes = written -> written;
    compressed = packed -> packed;
    bookmarks = "";
    phases = "publishing\tTrue";
  }

  private MockResponse respond(RecordedRequest request) {
    String command = requireNonNull(request.getUrl().queryParameter("cmd"));
    MockResponse instead = responses.get(command);
    if (instead != null) {
      return instead;
    }
    if (command.equals("getbundle")) {
      byte[] written = bytes.apply(bundle(arguments(request)));
      return stream(compression, compressed.apply(packed(compression, written)));
    }
    String text = command.equals("batch") ? null : text(command, arguments(request));
    if (text == null) {
      List<String> all = new ArrayList<>();
      for (String each : arguments(request).split("%3B|;", -1)) {
        all.add(text(each.replaceAll("^cmds=|[+ ].*", ""), each));
      }
      text = texts.getOrDefault("batch", String.join(";", all));
    }
    return response(TYPE, text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String command, String arguments) {
    String text = texts.get(command);
    if (text != null) {
      return text;
    }
    return switch (command) {
      case "capabilities" -> WORDS;
      case "heads" -> head() + "\n";
      case "known" -> known(arguments);
      default -> "";
    };
  }

  String head() {
    return repository.changesets.get(repository.changesets.size() - 1).node().hex();
  }

  private String known(String arguments) {
    StringBuilder known = new StringBuilder();
    Matcher nodes = NODE.matcher(arguments);
    while (nodes.find()) {
      known.append(!knowsNothing && end(nodes.group()) > 0 ? '1' : '0');
    }
    return known.toString();
  }

  /** Returns one more than the greatest number of the changesets that a text names. */
  private int end(String text) {
    int end = 0;
    for (int i = 0; i < repository.changesets.size(); i++) {
      end = text.contains(repository.changesets.get(i).node().hex()) ? i + 1 : end;
    }
    return end;
  }

  private byte[] bundle(String arguments) {
    ScriptedBundle bundle = new ScriptedBundle();
    if (arguments.contains("cg=1")) {
      int from = 0;
      int to = 0;
      for (String argument : arguments.split("&", -1)) {
        from = argument.startsWith("common=") ? end(argument) : from;
        to = argument.startsWith("heads=") ? end(argument) : to;
      }
      bundle = ScriptedBundle.of(repository, from, Math.max(from, to));
    }
    if (arguments.contains("listkeys=")) {
      part(bundle, "LISTKEYS", Map.of(NAMESPACE, ByteString.utf8("bookmarks")), bookmarks);
      part(bundle, "LISTKEYS", Map.of(NAMESPACE, ByteString.utf8("phases")), phases);
    }
    lie.accept(bundle);
    return bundle.groups.isEmpty() ? bundle.partsAlone() : bundle.hg20(BundleCompression.NONE);
  }

  static void part(
      ScriptedBundle bundle, String name, Map<ByteString, ByteString> mandatory, String payload) {
    bundle.parts.add(new ScriptedBundle.Part(name, mandatory, ByteString.utf8(payload)));
  }

  private static String arguments(RecordedRequest request) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; request.getHeaders().get("X-HgArg-" + i) != null; i++) {
      all.append(request.getHeaders().get("X-HgArg-" + i));
    }
    return all.toString();
  }

  static MockResponse response(String type, byte[] body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", type)
        .body(new Buffer().write(body))
        .build();
  }

  /** Returns a stream of version 1 that names its compression. */
  static MockResponse stream(String compression, byte[] body) {
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.write(compression.length());
    named.writeBytes(compression.getBytes(StandardCharsets.US_ASCII));
    named.writeBytes(body);
    return response(STREAM_TYPE, named.toByteArray());
  }

  /** Compresses with zlib, zstd or none. */
  static byte[] packed(String compression, byte[] plain) {
    if (compression.equals("zstd")) {
      return Zstd.compress(plain);
    }
    if (compression.equals("none")) {
      return plain;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    server.close();
  }
}
