// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.Node;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.Version1Client.Response;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which clients of version 1 send arguments, also such that nobody should send. */
class Version1ArgumentsTest {
  private static final String UNKNOWN_NODE = "12".repeat(Node.BYTES);

  private final MemoryRepository repository = MemoryRepository.publishing();
  private WireLimits limits = WireLimits.defaults();
  private ServerOptions options;
  private Version1Client client;
  private String node;

  @BeforeEach
  void serve() throws IOException {
    node = repository.commit().message("a").write("a", "a").commit().hex();
    open();
  }

  private void open() {
    options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).limits(limits).build();
    client = new Version1Client(new HttpEndpoint(options));
  }

  private Response inFields(String command, String... parts) throws IOException {
    HttpFields fields = HttpFields.empty();
    for (int i = 0; i < parts.length; i++) {
      fields = fields.with("X-HgArg-" + (i + 1), parts[i]);
    }
    return client.get("/?cmd=" + command, fields);
  }

  @Test
  void eachFormHasTheSameArguments() throws IOException {
    String known = "nodes=" + node + "+" + UNKNOWN_NODE;

    assertThat(client.get("/?cmd=known&" + known).body()).isEqualTo("10");
    assertThat(client.get("/?" + known + "&cmd=known").body()).isEqualTo("10");
    assertThat(inFields("known", known.substring(0, 7), known.substring(7)).body()).isEqualTo("10");
    assertThat(client.post("/?cmd=known", known).body()).isEqualTo("10");
    assertThat(client.post("/?cmd=known", known.replace("+", "%20")).body()).isEqualTo("10");
  }

  @Test
  void escapeMayBeCutByTheEndOfAField() throws IOException {
    assertThat(inFields("lookup", "key=a%", "2", "0b").body())
        .isEqualTo("0 unknown revision 'a b'\n");
  }

  @Test
  void bytesThatAreNotUtf8AreArguments() throws IOException {
    assertThat(client.get("/?cmd=lookup&key=%ff%fe").body()).startsWith("0 unknown revision '");
  }

  @Test
  void unknownArgumentsAreIgnored() throws IOException {
    assertThat(client.get("/?cmd=heads&x=y&z").body()).isEqualTo(node + "\n");
    assertThat(client.get("/?cmd=heads&&").body()).isEqualTo(node + "\n");
    assertThat(client.get("/?cmd=clonebundles_manifest&store_fingerprint=x").status())
        .isEqualTo(400);
  }

  @Test
  void formsAddUp() throws IOException {
    HttpFields fields = HttpFields.of("X-HgArg-1", "key=tip").with("X-HgArgs-Post", "3");
    assertThat(client.send("POST", "/?cmd=lookup&other=x", fields, "a=bjunk").body())
        .isEqualTo("1 " + node + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/?cmd=lookup&key=a&key=b, '', ''",
    "/?cmd=lookup&key=a, key=b, ''",
    "/?cmd=lookup&key=a, '', key=b",
    "/?cmd=lookup, key=a, key=b",
    "/?cmd=lookup, key=a&key=b, ''",
    "/?cmd=lookup, '', key=a&key=b",
    "/?cmd=lookup&x=1&x=2&key=a, '', ''",
    "/?cmd=lookup, key=a, %6bey=b",
  })
  void repeatedArgumentIs400(String target, String field, String body) throws IOException {
    HttpFields fields = HttpFields.of("X-HgArgs-Post", String.valueOf(body.length()));
    Response response =
        client.send(
            "POST", target, field.isEmpty() ? fields : fields.with("X-HgArg-1", field), body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("is sent twice").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HgArg-1", "X-HgArg-2", "x-hgproto-1", "X-HgArgs-Post"})
  void repeatedFieldIs400(String name) throws IOException {
    HttpFields fields = HttpFields.of(name, "1").with(name, "1");
    assertThat(client.send("POST", "/?cmd=heads", fields, "x=y").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"key=%", "key=%4", "key=%4x", "key=%-1", "key=a b", "key=\u00e9", "k\u0000=x"})
  void malformedEscapeIs400(String form) throws IOException {
    Response response = client.post("/?cmd=lookup", form);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).startsWith("the arguments ").hasLineCount(1);
    assertThat(inFields("lookup", form).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "", "+1", "1.0", "99999999999999999999", "1,1"})
  void malformedLengthIs400(String length) throws IOException {
    HttpFields fields = HttpFields.of("X-HgArgs-Post", length);
    assertThat(client.send("POST", "/?cmd=heads", fields, "x=y").status()).isEqualTo(400);
  }

  @Test
  void bodyThatEndsBeforeItsArgumentsIs400() throws IOException {
    Response response =
        client.send("POST", "/?cmd=lookup", HttpFields.of("X-HgArgs-Post", "8"), "key=tip");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("the body ends after 7 of 8 bytes of arguments\n");
  }

  @Test
  void argumentsAboveTheLimitAre413BeforeTheyAreRead() throws IOException {
    limits = limits.with(WireLimit.MAX_ARGUMENT_BYTES, 46);
    open();
    String known = "nodes=" + node;
    assertThat(client.post("/?cmd=known", known).body()).isEqualTo("1");

    try (HttpExchange exchange =
        new HttpEndpoint(options)
            .open(
                new RequestHead(
                    "POST",
                    "/?cmd=known",
                    HttpFields.of("X-HgArgs-Post", "47"),
                    ClientConnection.UNKNOWN))) {
      assertThat(exchange.wantsInput()).isFalse();
      Response response = Version1Client.read(exchange);
      assertThat(response.status()).isEqualTo(413);
      assertThat(response.body()).contains("more than 46 bytes (max-argument-bytes)");
    }
  }

  @Test
  void argumentsAboveTheirNumberAre400() throws IOException {
    String many =
        IntStream.range(0, 64).mapToObj(i -> "a" + i + "=").collect(Collectors.joining("&"));

    assertThat(client.post("/?cmd=heads", many).status()).isEqualTo(200);
    Response response = client.post("/?cmd=heads", many + "&b=");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("more than 64 arguments (max-arguments)");
  }

  @Test
  void hundredThousandNodesAreKnownAndAMillionRefused() throws IOException {
    String many = "nodes=" + (node + "+").repeat(102_298) + node;
    HttpFields fields = HttpFields.of("X-HgArgs-Post", String.valueOf(many.length()));
    try (HttpExchange exchange =
        new HttpEndpoint(options)
            .open(new RequestHead("POST", "/?cmd=known", fields, ClientConnection.UNKNOWN))) {
      exchange.receive(ByteBuffer.wrap(many.getBytes(StandardCharsets.US_ASCII)));
      assertThat(options.memory().requests().taken()).isGreaterThan(3L * many.length() - 10_000);
      assertThat(Version1Client.read(exchange).body()).isEqualTo("1".repeat(102_299));
    }
    assertThat(options.memory().requests().taken()).isZero();

    int million = 6 + 1_000_000 * 41;
    assertThat(
            client
                .send(
                    "POST",
                    "/?cmd=known",
                    HttpFields.of("X-HgArgs-Post", String.valueOf(million)),
                    "")
                .status())
        .isEqualTo(413);
  }

  @Test
  void withoutMemoryForArgumentsItIs503() throws IOException {
    limits = limits.with(WireLimit.MAX_HELD_REQUEST_BYTES, 1_000);
    open();

    assertThat(client.post("/?cmd=lookup", "key=" + "a".repeat(2_900)).status()).isEqualTo(200);
    Response response = client.post("/?cmd=lookup", "key=" + "a".repeat(3_100));
    assertThat(response.status()).isEqualTo(503);
    assertThat(options.memory().requests().taken()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz", "12", "+", "x"})
  void nodesThatAreNoneAre400(String nodes) throws IOException {
    for (String command : new String[] {"known&nodes=", "getbundle&heads=", "getbundle&common="}) {
      Response response = client.get("/?cmd=" + command + nodes);
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("40 hexadecimal digits").hasLineCount(1);
    }
    assertThat(client.get("/?cmd=known&nodes=" + node + node).status()).isEqualTo(400);
    assertThat(client.get("/?cmd=known&nodes=" + node + "++" + node).status()).isEqualTo(400);
    assertThat(client.get("/?cmd=known&nodes=" + node + "+").status()).isEqualTo(200);
  }
}
