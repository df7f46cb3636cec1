// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.AccessControl;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Version1Test {
  private static final CloneBundleSource SOURCE =
      (caller, repository) ->
          caller.host().equals("nobundles")
              ? null
              : CloneBundleManifest.of(
                  List.of(CloneBundleEntry.of("https://h/a", Map.of("BUNDLESPEC", "gzip-v2"))));

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private AccessControl control = AccessControl.pullOnly();
  private CloneBundleSource source = SOURCE;
  private UnaryOperator<ServerOptions.Builder> others = options -> options;

  private record Response(int status, HttpFields fields, String body) {
    String mediaType() {
      return Objects.requireNonNull(fields.first("Content-Type"));
    }
  }

  private Response send(String method, String target, HttpFields fields) throws IOException {
    HttpEndpoint endpoint =
        new HttpEndpoint(
            others
                .apply(
                    ServerOptions.builder(RepositoryResolver.atRoot(repository))
                        .cloneBundles(source)
                        .accessControl(control))
                .build());
    try (HttpExchange exchange =
        endpoint.open(new RequestHead(method, target, fields, ClientConnection.UNKNOWN))) {
      ResponseHead head = Objects.requireNonNull(exchange.responseHead());
      ByteBuffer body = exchange.nextOutput();
      String text = body == null ? "" : StandardCharsets.UTF_8.decode(body).toString();
      return new Response(head.status(), head.fields(), text);
    }
  }

  private Response send(String target) throws IOException {
    return send("GET", target, HttpFields.empty());
  }

  @Test
  void cloneBundlesAreAdvertisedAndServed() throws IOException {
    assertThat(send("/?cmd=capabilities").body().split(" ")).contains("clonebundles", "lookup");
    Response manifest = send("/?cmd=clonebundles");
    assertThat(manifest.status()).isEqualTo(200);
    assertThat(manifest.mediaType()).isEqualTo("application/mercurial-0.1");
    assertThat(manifest.body()).isEqualTo("https://h/a BUNDLESPEC=gzip-v2\n");
  }

  @Test
  void v1CapabilitiesInHandshakeAdvertiseBundles() throws IOException {
    HttpFields upgrade =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v2-0003").with("X-HgProto-1", "cbor");

    Response response = send("GET", "/?cmd=capabilities", upgrade);

    assertThat(response.mediaType()).isEqualTo("application/mercurial-cbor");
    assertThat(response.body()).contains("lookup clonebundles pushkey");
  }

  @Test
  void handshakeVariesWithItsFieldsAndIsNotStored() throws IOException {
    HttpFields upgrade =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v2-0003").with("X-HgProto-1", "cbor");
    for (HttpFields fields : List.of(HttpFields.empty(), upgrade)) {
      Response response = send("GET", "/?cmd=capabilities", fields);
      assertThat(response.fields().first("Vary")).isEqualTo("X-HgUpgrade-1, X-HgProto-1");
      assertThat(response.fields().first("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void callerWithoutManifestIsOfferedNothing() throws IOException {
    HttpFields host = HttpFields.of("Host", "nobundles");

    assertThat(send("GET", "/?cmd=capabilities", host).body())
        .doesNotContain("clonebundles", "pushkey");
    assertThat(send("GET", "/?cmd=clonebundles", host))
        .isEqualTo(
            new Response(
                200,
                HttpFields.of("Content-Type", "application/mercurial-0.1")
                    .with("Cache-Control", "no-store"),
                ""));
    assertThat(send("GET", "/?cmd=heads", host).body()).contains("speaks only version 2");
    assertThat(send("GET", "/?cmd=listkeys&namespace=phases", host).body())
        .contains("speaks only version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clonebundles", "heads", "listkeys", "known", "getbundle"})
  void withoutSourceEveryCommandIsRefused(String command) throws IOException {
    source = CloneBundleSource.NONE;

    assertThat(send("/?cmd=capabilities").body()).doesNotContain("clonebundles");
    Response response = send("/?cmd=" + command);
    assertThat(response.mediaType()).isEqualTo("application/hg-error");
    assertThat(response.body()).contains("speaks only version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"heads", "listkeys"})
  void commandThatIsLeftOutIsRefused(String command) throws IOException {
    others = options -> options.withoutCommand(command);

    assertThat(send("/?cmd=" + command).body()).contains("speaks only version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "getbundle", "batch", "branches", "changegroup", "unbundle"})
  void otherCommandsOfVersion1AreRefused(String command) throws IOException {
    Response response = send("/?cmd=" + command);

    assertThat(response.mediaType()).isEqualTo("application/hg-error");
    assertThat(response.body()).contains("speaks only version 2");
  }

  @Test
  void headsAreThoseThatMayBeServed() throws IOException {
    assertThat(send("/?cmd=heads").body()).isEqualTo(Node.NULL.hex() + "\n");

    Node base = repository.commit().message("a").write("a", "a").commit();
    Node one = repository.commit().parent(base).message("b").write("b", "b").commit();
    Node two = repository.commit().parent(base).message("c").write("c", "c").commit();
    repository.commit().parent(two).message("s").phase(Phase.SECRET).write("s", "s").commit();

    assertThat(send("/?cmd=heads").body().strip().split(" "))
        .containsExactlyInAnyOrder(one.hex(), two.hex());
    assertThat(send("/?cmd=heads").body()).endsWith("\n");
  }

  @Test
  void phasesAndBookmarksAreListed() throws IOException {
    Node draft = repository.commit().message("a").write("a", "a").commit();
    repository.bookmark("here", draft);
    repository.bookmark("there", draft);

    assertThat(send("/?cmd=listkeys&namespace=phases").body()).isEqualTo(draft.hex() + "\t1");
    HttpFields inFields = HttpFields.of("X-HgArg-1", "namespace=book").with("X-HgArg-2", "marks");
    assertThat(send("GET", "/?cmd=listkeys", inFields).body().lines())
        .containsExactlyInAnyOrder("here\t" + draft.hex(), "there\t" + draft.hex());
    assertThat(send("/?cmd=listkeys").body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 200", "POST, 200"})
  void manifestNeedsGet(String method, int status) throws IOException {
    Response response = send(method, "/?cmd=clonebundles", HttpFields.empty());

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).doesNotContain("https://h/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clonebundles", "heads", "listkeys&namespace=phases", "capabilities"})
  void callerWithoutPermissionIsRefused(String command) throws IOException {
    control = asked -> AccessDecision.refused();

    Response response = send("/?cmd=" + command);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).isEqualTo("permission denied");
  }
}
