// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.Node;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.RequestReport;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.http.Version1Client.Response;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of version 1: how they are compressed, and what becomes of those that do not end. */
class Version1StreamTest {
  private static final String BUNDLE2 = "bundlecaps=HG20%2Cbundle2%3DHG20%250Achangegroup%253D02";

  @TempDir Path directory;
  private final MemoryRepository repository = MemoryRepository.publishing();
  private final List<String> reports = new ArrayList<>();
  private WireLimits limits = WireLimits.defaults();
  private CloneBundleSource source = CloneBundleSource.NONE;
  private ServerOptions options;
  private HttpEndpoint endpoint;

  @BeforeEach
  void serve() throws IOException {
    byte[] random = new byte[60_000];
    new Random(7).nextBytes(random);
    String content = new String(random, StandardCharsets.ISO_8859_1);
    Node parent = repository.commit().message("first").write("a", content).commit();
    repository.commit().parent(parent).message("second").write("b", "b ".repeat(90_000)).commit();
    open();
  }

  private void open() {
    ServerListener noting =
        new ServerListener() {
          @Override
          public void requestEnded(ServedRequest request, RequestReport report) {
            report
                .commands()
                .forEach(command -> reports.add(command.name() + " " + command.outcome()));
          }
        };
    options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .limits(limits)
            .cloneBundles(source)
            .listener(noting)
            .build();
    endpoint = new HttpEndpoint(options);
  }

  private static HttpFields protocol(String words) {
    return HttpFields.of("X-HgProto-1", words);
  }

  private Response pull(HttpFields fields) throws IOException {
    return new Version1Client(endpoint).get("/?cmd=getbundle&" + BUNDLE2, fields);
  }

  private HttpExchange begin(String words) {
    return endpoint.open(
        new RequestHead(
            "GET", "/?cmd=getbundle&" + BUNDLE2, protocol(words), ClientConnection.UNKNOWN));
  }

  private byte[] bundle() throws IOException {
    return pull(protocol("0.2 comp=none")).stream();
  }

  @ParameterizedTest
  @CsvSource({
    "0.1 0.2 comp=zstd;zlib;none;bzip2 partial-pull, application/mercurial-0.2, zstd",
    "0.2 comp=zlib;zstd, application/mercurial-0.2, zstd",
    "0.2 comp=bzip2;zlib, application/mercurial-0.2, zlib",
    "0.2, application/mercurial-0.2, zlib",
    "0.2 comp=none, application/mercurial-0.2, none",
    "0.2 comp=bzip2, application/mercurial-0.1, zlib",
    "0.1 comp=zstd, application/mercurial-0.1, zlib",
    "'', application/mercurial-0.1, zlib",
  })
  void compressionIsTheFirstOfTheServerThatIsRead(String words, String type, String compression)
      throws IOException {
    Response response = pull(protocol(words.replace(';', ',')));

    assertThat(response.mediaType()).isEqualTo(type);
    assertThat(response.fields().first("Cache-Control")).isEqualTo("no-store");
    assertThat(response.stream()).isEqualTo(bundle());
    if (type.endsWith("2")) {
      assertThat(response.compression()).isEqualTo(compression);
    }
    assertThat(options.memory().encoders().taken()).isZero();
    assertThat(reports).last().isEqualTo("getbundle COMPLETED");
  }

  @Test
  void bundleHasWhatWasAskedFor() throws IOException {
    assertThat(new String(bundle(), StandardCharsets.ISO_8859_1))
        .startsWith("HG20")
        .contains("CHANGEGROUP", "b b b ");
    byte[] bare =
        new Version1Client(endpoint).get("/?cmd=getbundle", protocol("0.2 comp=none")).stream();
    assertThat(new String(bare, StandardCharsets.ISO_8859_1))
        .doesNotStartWith("HG")
        .contains("b b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2 comp=zstd,zlib,none", "0.2 comp=zstd", "0.2 comp=zlib", "0.1"})
  void withoutMemoryForAnEncoderTheStreamIsSentAsItIs(String words) throws IOException {
    byte[] bundle = bundle();
    limits = limits.with(WireLimit.MAX_ENCODER_BYTES, 0);
    open();

    Response response = pull(protocol(words));

    assertThat(response.stream()).isEqualTo(bundle);
    assertThat(response.bytes().length).isGreaterThan(bundle.length);
  }

  @Test
  void shortStreamNeedsNoEncoder() throws IOException {
    Response response =
        new Version1Client(endpoint)
            .get("/?cmd=getbundle&cg=0&" + BUNDLE2, protocol("0.2 comp=zstd,zlib,none"));

    assertThat(response.compression()).isEqualTo("none");
    assertThat(new String(response.stream(), StandardCharsets.ISO_8859_1)).startsWith("HG20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2 comp=zstd", "0.2 comp=zlib", "0.1", "0.2 comp=none"})
  void pausedStreamContinuesWithoutAnEncoder(String words) throws IOException {
    byte[] bundle = bundle();
    try (HttpExchange exchange = begin(words)) {
      while (exchange.responseHead() == null) {
        exchange.nextOutput();
      }
      byte[] first = bytes(Objects.requireNonNull(exchange.nextOutput()));
      assertThat(options.memory().encoders().taken() > 0).isEqualTo(!words.endsWith("none"));
      exchange.pause();
      assertThat(options.memory().encoders().taken()).isZero();
      Response rest = Version1Client.read(exchange);
      byte[] whole = Arrays.copyOf(first, first.length + rest.bytes().length);
      System.arraycopy(rest.bytes(), 0, whole, first.length, rest.bytes().length);
      assertThat(new Response(200, rest.fields(), whole).stream()).isEqualTo(bundle);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Test
  void clientThatGoesEndsTheCommand() throws IOException {
    HttpExchange exchange = begin("0.2 comp=zstd");
    while (exchange.responseHead() == null) {
      exchange.nextOutput();
    }
    assertThat(exchange.nextOutput()).isNotNull();
    EncoderPool encoders = options.memory().encoders();
    assertThat(encoders.taken()).isPositive();

    exchange.close();
    exchange.close();

    assertThat(encoders.taken()).isZero();
    assertThat(reports).containsExactly("getbundle CUT");
    assertThat(exchange.nextOutput()).isNull();
  }

  @Test
  void unknownHeadIsAnErrorForPeople() throws IOException {
    Response response =
        new Version1Client(endpoint).get("/?cmd=getbundle&heads=" + "12".repeat(20));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.mediaType()).isEqualTo("application/hg-error");
    assertThat(response.body()).contains("12121212").hasLineCount(1);
    assertThat(reports).containsExactly("getbundle REFUSED");
  }

  @Test
  void inlineBundlesAreThoseOfTheManifest() throws IOException {
    byte[] content = new byte[40_000];
    new Random(1).nextBytes(content);
    Files.createDirectories(directory.resolve("in/sub"));
    Files.write(directory.resolve("in/sub/a.hg"), content);
    Files.write(directory.resolve("in/other.hg"), content);
    Files.write(directory.resolve("out.hg"), content);
    Files.createSymbolicLink(directory.resolve("in/link.hg"), directory.resolve("out.hg"));
    List<CloneBundleEntry> entries = new ArrayList<>();
    List<String> named =
        List.of("sub/a.hg", "../out.hg", "link.hg", "sub", "gone.hg", directory + "/out.hg");
    for (String path : named) {
      entries.add(
          CloneBundleEntry.of("peer-bundle-cache://" + path, Map.of("BUNDLESPEC", "none-v2")));
    }
    source =
        CloneBundleSource.fixed(CloneBundleManifest.of(entries))
            .withInlineBundles(directory.resolve("in"));
    open();
    Version1Client client = new Version1Client(endpoint);

    assertThat(client.get("/?cmd=capabilities").body().split(" "))
        .contains("clonebundles_manifest")
        .doesNotContain("clonebundles");
    assertThat(client.get("/?cmd=clonebundles").body()).isEmpty();
    assertThat(client.get("/?cmd=clonebundles_manifest").body().lines()).hasSize(named.size());
    Response response =
        client.get(
            "/?cmd=get_cached_bundle_inline&path=sub/a.hg", protocol("0.2 comp=zstd,zlib,none"));
    assertThat(response.compression()).isEqualTo("none");
    // 40,000 = 0x40 + 128 * (0x38 + 128 * 2)
    assertThat(response.stream())
        .startsWith(0xc0, 0xb8, 0x02)
        .endsWith(content)
        .hasSize(content.length + 3);
    for (String path :
        List.of(
            "../out.hg", "link.hg", "sub", "gone.hg", directory + "/out.hg", "other.hg", "%00")) {
      Response refused = client.get("/?cmd=get_cached_bundle_inline&path=" + path);
      assertThat(refused.mediaType()).as(path).isEqualTo("application/hg-error");
    }
  }

  @Test
  void inlineBundleThatBecomesShorterCutsTheResponse() throws IOException {
    Path file = Files.write(directory.resolve("a.hg"), new byte[200_000]);
    source =
        CloneBundleSource.fixed(
                CloneBundleManifest.of(
                    List.of(
                        CloneBundleEntry.of(
                            "peer-bundle-cache://a.hg", Map.of("BUNDLESPEC", "none-v2")))))
            .withInlineBundles(directory);
    open();
    try (HttpExchange exchange =
        endpoint.open(
            new RequestHead(
                "GET",
                "/?cmd=get_cached_bundle_inline&path=a.hg",
                protocol("0.2 comp=none"),
                ClientConnection.UNKNOWN))) {
      while (exchange.responseHead() == null) {
        exchange.nextOutput();
      }
      exchange.nextOutput();
      Files.write(file, new byte[10]);

      assertThatThrownBy(() -> Version1Client.read(exchange))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.hg");
    }
    assertThat(reports).containsExactly("get_cached_bundle_inline FAILED");
  }
}
