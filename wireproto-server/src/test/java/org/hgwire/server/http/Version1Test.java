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

  private record Answer(int status, HttpFields fields, String body) {
    String mediaType() {
      return Objects.requireNonNull(fields.first("Content-Type"));
    }
  }

  private Answer ask(String method, String target, HttpFields fields) throws IOException {
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
      return new Answer(head.status(), head.fields(), text);
    }
  }

  private Answer ask(String target) throws IOException {
    return ask("GET", target, HttpFields.empty());
  }

  @Test
  void cloneBundlesAreNamedAndTheManifestIsAnsweredAsVersion1HasIt() throws IOException {
    assertThat(ask("/?cmd=capabilities").body().split(" ")).contains("clonebundles", "lookup");
    Answer manifest = ask("/?cmd=clonebundles");
    assertThat(manifest.status()).isEqualTo(200);
    assertThat(manifest.mediaType()).isEqualTo("application/mercurial-0.1");
    assertThat(manifest.body()).isEqualTo("https://h/a BUNDLESPEC=gzip-v2\n");
  }

  @Test
  void theV1CapabilitiesInsideTheHandshakeNameThemToo() throws IOException {
    HttpFields upgrade =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v2-0003").with("X-HgProto-1", "cbor");

    Answer answer = ask("GET", "/?cmd=capabilities", upgrade);

    assertThat(answer.mediaType()).isEqualTo("application/mercurial-cbor");
    assertThat(answer.body()).contains("lookup clonebundles pushkey");
  }

  @Test
  void aCallerForWhomThereIsNoManifestIsToldNothingOfIt() throws IOException {
    HttpFields host = HttpFields.of("Host", "nobundles");

    assertThat(ask("GET", "/?cmd=capabilities", host).body())
        .doesNotContain("clonebundles", "pushkey");
    assertThat(ask("GET", "/?cmd=clonebundles", host))
        .isEqualTo(new Answer(200, HttpFields.of("Content-Type", "application/mercurial-0.1"), ""));
    assertThat(ask("GET", "/?cmd=heads", host).body()).contains("speaks only version 2");
    assertThat(ask("GET", "/?cmd=listkeys&namespace=phases", host).body())
        .contains("speaks only version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clonebundles", "heads", "listkeys", "known", "getbundle"})
  void withoutASourceEveryCommandIsTheErrorThatSaysWhatIsSpoken(String command) throws IOException {
    source = CloneBundleSource.NONE;

    assertThat(ask("/?cmd=capabilities").body()).doesNotContain("clonebundles");
    Answer answer = ask("/?cmd=" + command);
    assertThat(answer.mediaType()).isEqualTo("application/hg-error");
    assertThat(answer.body()).contains("speaks only version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"heads", "listkeys"})
  void commandThatIsLeftOutIsTheErrorThatSaysWhatIsSpoken(String command) throws IOException {
    others = options -> options.withoutCommand(command);

    assertThat(ask("/?cmd=" + command).body()).contains("speaks only version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "getbundle", "batch", "branches", "changegroup", "unbundle"})
  void whatWouldBringMoreThanTheBundleIsTheErrorThatSaysWhatIsSpoken(String command)
      throws IOException {
    Answer answer = ask("/?cmd=" + command);

    assertThat(answer.mediaType()).isEqualTo("application/hg-error");
    assertThat(answer.body()).contains("speaks only version 2");
  }

  @Test
  void headsAreThoseThatMayBeServed() throws IOException {
    assertThat(ask("/?cmd=heads").body()).isEqualTo(Node.NULL.hex() + "\n");

    Node base = repository.commit().message("a").write("a", "a").commit();
    Node one = repository.commit().parent(base).message("b").write("b", "b").commit();
    Node two = repository.commit().parent(base).message("c").write("c", "c").commit();
    repository.commit().parent(two).message("s").phase(Phase.SECRET).write("s", "s").commit();

    assertThat(ask("/?cmd=heads").body().strip().split(" "))
        .containsExactlyInAnyOrder(one.hex(), two.hex());
    assertThat(ask("/?cmd=heads").body()).endsWith("\n");
  }

  @Test
  void phasesAndBookmarksAreListed_soThatDraftsStayDrafts() throws IOException {
    Node draft = repository.commit().message("a").write("a", "a").commit();
    repository.bookmark("here", draft);
    repository.bookmark("there", draft);

    assertThat(ask("/?cmd=listkeys&namespace=phases").body()).isEqualTo(draft.hex() + "\t1");
    HttpFields inFields = HttpFields.of("X-HgArg-1", "namespace=book").with("X-HgArg-2", "marks");
    assertThat(ask("GET", "/?cmd=listkeys", inFields).body().lines())
        .containsExactlyInAnyOrder("here\t" + draft.hex(), "there\t" + draft.hex());
    assertThat(ask("/?cmd=listkeys").body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 405", "POST, 200"})
  void onlyGetIsAnsweredWithTheManifest(String method, int status) throws IOException {
    Answer answer = ask(method, "/?cmd=clonebundles", HttpFields.empty());

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("https://h/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clonebundles", "heads", "listkeys&namespace=phases", "capabilities"})
  void whoMayNotPullIsToldNothing(String command) throws IOException {
    control = asked -> AccessDecision.refused();

    Answer answer = ask("/?cmd=" + command);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("permission denied");
  }
}
