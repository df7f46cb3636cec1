// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.AccessControl;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.RepositoryResolution;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
  private static final String API = "/api/exp-http-v2-0003";
  private static final Repository UNREADABLE =
      () -> {
        throw new IOException("nobody should read this");
      };

  private static HttpEndpoint endpoint(AccessControl control) {
    Repository empty = MemoryRepository.publishing();
    return new HttpEndpoint(
        ServerOptions.builder(
                RepositoryResolver.byPath(
                    Map.of("", empty, "a/repo", empty, "api/api", UNREADABLE)))
            .accessControl(control)
            .build());
  }

  private record Response(int status, HttpFields fields, String body) {}

  private static Response send(
      HttpEndpoint endpoint, String method, String target, HttpFields fields) throws IOException {
    try (HttpExchange exchange =
        endpoint.open(new RequestHead(method, target, fields, ClientConnection.UNKNOWN))) {
      StringBuilder body = new StringBuilder();
      for (ByteBuffer next = exchange.nextOutput(); next != null; next = exchange.nextOutput()) {
        body.append(StandardCharsets.ISO_8859_1.decode(next));
      }
      ResponseHead head = exchange.responseHead();
      assertThat(head).as("responds without the body of the request").isNotNull();
      assertThat(exchange.finished()).isTrue();
      if (!method.equals("HEAD")) {
        head.length().ifPresent(length -> assertThat(length).isEqualTo(body.length()));
      }
      return new Response(head.status(), head.fields(), body.toString());
    }
  }

  private static HttpEndpoint resolving(RepositoryResolver resolver) {
    return new HttpEndpoint(ServerOptions.builder(resolver).build());
  }

  private static Response send(String method, String target, HttpFields fields) throws IOException {
    return send(endpoint(AccessControl.open()), method, target, fields);
  }

  private static HttpFields framing() {
    return HttpFields.of("accept", HttpV2Api.FRAMING_MEDIA_TYPE)
        .with("content-type", HttpV2Api.FRAMING_MEDIA_TYPE);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /,                                        200",
    "HEAD, /,                                        200",
    "POST, /,                                        405",
    "GET,  /a/repo,                                  200",
    "GET,  /nowhere,                                 404",
    "GET,  /nowhere?cmd=capabilities,                404",
    "GET,  /a?cmd=capabilities,                      404",
    "GET,  /?cmd=capabilities,                       200",
    "GET,  /a/repo?cmd=capabilities,                 200",
    "GET,  /a/repo/?cmd=capabilities,                200",
    "HEAD, /?cmd=capabilities,                       200",
    "POST, /?cmd=capabilities,                       405",
    "GET,  /?cmd=heads,                              200",
    "POST, /?cmd=unbundle,                           200",
    "GET,  /?cmd=branches,                           200",
    "GET,  /?cmd=nosuch,                             400",
    "GET,  /?cmd=known,                              400",
    "GET,  /?cmd=known&nodes=zz,                     400",
    "GET,  /?cmd=known&nodes=&nodes=,                400",
    "GET,  /?cmd=lookup&cmd=x&key=tip,               400",
    "PUT,  /?cmd=heads,                              405",
    "GET,  /?cmd=pushkey,                            405",
    "POST, /?cmd=pushkey,                            415",
    "GET,  /api,                                     200",
    "GET,  /api/,                                    200",
    "POST, /api/,                                    200",
    "GET,  /a/repo/api/,                             200",
    "GET,  /api/api/api/,                            200",
    "GET,  /api/nosuch,                              404",
    "POST, /api/nosuch/ro/capabilities,                     404",
    "GET,  /api/exp-http-v2-0003,                    200",
    "GET,  /api/exp-http-v2-0003/,                   200",
    "GET,  /api/exp-http-v2-0003/ro,                 404",
    "POST, /api/exp-http-v2-0003/ro,                 404",
    "POST, /api/exp-http-v2-0003/xx/capabilities,           404",
    "POST, /api/exp-http-v2-0003/ro/capabilities/more,      404",
    "POST, /api/exp-http-v2-0003/ro/nosuch,          404",
    "GET,  /api/exp-http-v2-0003/ro/nosuch,          405",
    "GET,  /api/exp-http-v2-0003/ro/capabilities,           405",
    "HEAD, /api/exp-http-v2-0003/ro/capabilities,           405",
    "PUT,  /api/exp-http-v2-0003/rw/multirequest,    405",
    "POST, /api/exp-http-v2-0003/ro/capabilities,           406",
    "POST, /api/exp-http-v2-0003/rw/capabilities,           406",
    "POST, /api/exp-http-v2-0003/rw/multirequest,    406",
    "POST, /a/repo/api/exp-http-v2-0003/ro/capabilities,    406",
    "POST, /nowhere/api/exp-http-v2-0003/ro/capabilities,   404",
    "GET,  /%zz,                                     400",
    "GET,  /../x,                                    400",
  })
  void requestsAreRouted(String method, String target, int status) throws IOException {
    assertThat(send(method, target, HttpFields.empty()).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?cmd=capabilities",
        "/?cmd=heads",
        "/?cmd=clonebundles",
        "/nowhere",
        "/%zz",
        "/api/",
        "/api/exp-http-v2-0003/ro/heads"
      })
  void headIsGetWithoutBody(String target) throws IOException {
    HttpEndpoint endpoint = endpoint(AccessControl.open());
    try (HttpExchange get = endpoint.open(request("GET", target));
        HttpExchange head = endpoint.open(request("HEAD", target))) {
      while (get.responseHead() == null || head.responseHead() == null) {
        assertThat(get.nextOutput()).isEqualTo(ByteBuffer.allocate(0));
        assertThat(head.nextOutput()).isEqualTo(ByteBuffer.allocate(0));
      }
      assertThat(head.responseHead()).isEqualTo(get.responseHead());
      assertThat(head.finished()).isTrue();
      assertThat(head.nextOutput()).isNull();
    }
  }

  private static RequestHead request(String method, String target) {
    return new RequestHead(method, target, HttpFields.empty(), ClientConnection.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?cmd=heads", "/?cmd=lookup", "/nowhere", "/api/", "/%zz"})
  void responsesAreNotStored(String target) throws IOException {
    assertThat(send("GET", target, HttpFields.empty()).fields().all("Cache-Control"))
        .containsExactly("no-store");
  }

  @Test
  void rootWithoutRepositorySaysWhatIsServed() throws IOException {
    HttpEndpoint nothing = resolving(RepositoryResolver.byPath(Map.of("a", UNREADABLE)));
    Response response = send(nothing, "GET", "/", HttpFields.empty());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains("exp-http-v2-0003");
    assertThat(send(nothing, "GET", "/?cmd=capabilities", HttpFields.empty()).status())
        .isEqualTo(404);
  }

  @Test
  void rootThatIsRefusedStaysRefused() throws IOException {
    HttpEndpoint refusing = resolving(caller -> RepositoryResolution.refused());
    assertThat(send(refusing, "GET", "/", HttpFields.empty()).status()).isEqualTo(403);
  }

  @Test
  void commandWithoutPostIs405WithAllow() throws IOException {
    Response response = send("GET", API + "/ro/capabilities", framing());
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.fields().first("Allow")).isEqualTo("POST");
    assertThat(response.body()).isEqualTo("commands require POST requests");
  }

  @Test
  void headRequestGetsNoBody() throws IOException {
    assertThat(send("HEAD", API + "/ro/capabilities", framing()).body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "application/mercurial-exp-framing-0006;q=1, application/mercurial-exp-framing-0006, 406",
    "*/*, application/mercurial-exp-framing-0006, 406",
    "application/mercurial-exp-framing-0006, text/plain, 415",
    "application/mercurial-exp-framing-0006, application/mercurial-exp-framing-0005, 415",
  })
  void mediaTypesAreExact(String accept, String contentType, int status) throws IOException {
    HttpFields fields = HttpFields.of("Accept", accept).with("Content-Type", contentType);
    Response response = send("POST", API + "/ro/capabilities", fields);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).contains(HttpV2Api.FRAMING_MEDIA_TYPE);
  }

  @Test
  void withoutContentTypeItIs415() throws IOException {
    assertThat(
            send(
                    "POST",
                    API + "/ro/capabilities",
                    HttpFields.of("Accept", HttpV2Api.FRAMING_MEDIA_TYPE))
                .status())
        .isEqualTo(415);
  }

  @Test
  void textsForPeopleAreThoseOfMercurial() throws IOException {
    assertThat(send("GET", "/api/", HttpFields.empty()).body())
        .isEqualTo(
            """
            APIs can be accessed at /api/<name>, where <name> can be one of the following:

            exp-http-v2-0003
            """);
    assertThat(send("GET", "/api/nosuch", HttpFields.empty()).body())
        .isEqualTo("Unknown API: nosuch\nKnown APIs: exp-http-v2-0003");
    assertThat(send("POST", API + "/ro/nosuch", framing()).body())
        .isEqualTo("unknown wire protocol command: nosuch");
    assertThat(send("POST", API + "/xx/capabilities", framing()).body())
        .isEqualTo("unknown permission: xx");
  }

  @Test
  void upgradeToUnknownApiGetsCborWithoutApis() throws IOException {
    HttpFields fields =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v9").with("X-HgProto-1", "0.1 cbor");
    Response response = send("GET", "/?cmd=capabilities", fields);
    assertThat(response.fields().first("Content-Type")).isEqualTo("application/mercurial-cbor");
    assertThat(ByteString.copyOf(response.body().getBytes(StandardCharsets.ISO_8859_1)).hex())
        .startsWith("a3" + "47" + ByteString.utf8("apibase").hex() + "44")
        .contains("44" + ByteString.utf8("apis").hex() + "a0");
  }

  @Test
  void numberedFieldsAreJoined() throws IOException {
    HttpFields fields =
        HttpFields.of("x-hgupgrade-2", "-v9")
            .with("x-hgupgrade-1", "exp-http")
            .with("x-hgproto-1", "cb")
            .with("X-HgProto-2", "or");
    assertThat(send("GET", "/?cmd=capabilities", fields).fields().first("Content-Type"))
        .isEqualTo("application/mercurial-cbor");
  }

  @Test
  void unreadableRepositoryIs500WithoutDetails() throws IOException {
    HttpFields fields =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v2-0003").with("X-HgProto-1", "cbor");
    HttpEndpoint unreadable = resolving(RepositoryResolver.atRoot(UNREADABLE));
    for (String command : List.of("capabilities", "heads", "getbundle")) {
      assertThat(send(unreadable, "GET", "/?cmd=" + command, HttpFields.empty()).status())
          .isEqualTo(500);
    }
    Response response = send(unreadable, "GET", "/?cmd=capabilities", fields);
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("nobody");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /?cmd=capabilities,              401",
    "GET,  /?cmd=heads,                     401",
    "POST, /api/exp-http-v2-0003/ro/capabilities,  401",
    "POST, /api/exp-http-v2-0003/rw/capabilities,  403",
    "POST, /api/exp-http-v2-0003/ro/nosuch, 401",
    "GET,  /api/exp-http-v2-0003/ro/capabilities,  405",
  })
  void accessControlRefusesOrChallenges(String method, String target, int status)
      throws IOException {
    HttpEndpoint guarded =
        endpoint(
            asked ->
                asked.permission() == Permission.PULL
                    ? AccessDecision.passwordRequired("the \"hg\" repository")
                    : AccessDecision.refused());
    Response response = send(guarded, method, target, framing());
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.fields().first("WWW-Authenticate"))
        .isEqualTo(status == 401 ? "Basic realm=\"the \\\"hg\\\" repository\"" : null);
  }

  @Test
  void accessControlSeesTheCaller() throws IOException {
    HttpEndpoint guarded =
        endpoint(
            asked -> {
              Caller caller = asked.caller();
              boolean bob =
                  caller.basicCredentials() != null
                      && caller.basicCredentials().user().equals("bob")
                      && caller.basicCredentials().password().equals("a:b")
                      && caller.host().equals("hg.example")
                      && caller.path().equals("a/repo");
              return bob ? AccessDecision.allowed() : AccessDecision.refused();
            });
    HttpFields fields =
        HttpFields.of("authorization", "Basic Ym9iOmE6Yg==").with("host", "hg.example");
    assertThat(send(guarded, "GET", "/a/repo?cmd=capabilities", fields).status()).isEqualTo(200);
    assertThat(send(guarded, "GET", "/?cmd=capabilities", fields).status()).isEqualTo(403);
    assertThat(send(guarded, "GET", "/a/repo?cmd=capabilities", HttpFields.empty()).status())
        .isEqualTo(403);
  }

  @Test
  void accessControlSeesTheCommand() throws IOException {
    List<String> asked = new ArrayList<>();
    HttpEndpoint guarded =
        endpoint(
            request -> {
              asked.add(request.permission() + " " + request.command());
              return AccessDecision.allowed();
            });
    send(guarded, "GET", "/?cmd=capabilities", HttpFields.empty());
    send(guarded, "GET", "/?cmd=getbundle", HttpFields.empty());
    send(guarded, "GET", "/?cmd=batch&cmds=heads+;known+nodes%3D", HttpFields.empty());
    send(guarded, "POST", API + "/ro/nosuch", framing());
    send(guarded, "POST", API + "/rw/multirequest", HttpFields.empty());
    send(guarded, "GET", "/api/", HttpFields.empty());
    assertThat(asked)
        .containsExactly(
            "PULL capabilities",
            "PULL getbundle",
            "PULL batch",
            "PULL heads",
            "PULL known",
            "PULL nosuch",
            "PUSH multirequest");
  }

  @Test
  void resolverSeesTheCaller() throws IOException {
    List<Caller> callers = new ArrayList<>();
    HttpEndpoint noting =
        resolving(
            caller -> {
              callers.add(caller);
              return RepositoryResolution.notFound();
            });
    X500Principal carol = new X500Principal("CN=carol");
    HttpFields fields =
        HttpFields.of("Host", "hg.example")
            .with("X-Tenant", "a")
            .with("x-tenant", "b")
            .with("Authorization", "Basic Ym9iOmE6Yg==");
    RequestHead request =
        new RequestHead("GET", "/x/api/y?cmd=capabilities", fields, ClientConnection.UNKNOWN)
            .withPrincipal(carol)
            .withAttribute("tenant", 7);
    try (HttpExchange exchange = noting.open(request)) {
      assertThat(Objects.requireNonNull(exchange.responseHead()).status()).isEqualTo(404);
    }
    assertThat(callers).extracting(Caller::path).containsExactly("x/api/y", "x");
    for (Caller caller : callers) {
      assertThat(caller.host()).isEqualTo("hg.example");
      assertThat(caller.headers().get("X-TENANT")).containsExactly("a", "b");
      assertThat(caller.header("x-tenant")).isEqualTo("a");
      assertThat(caller.header("x-other")).isNull();
      assertThat(caller.principal()).isEqualTo(carol);
      assertThat(caller.attributes()).containsEntry("tenant", 7);
      assertThat(caller.userName()).isEqualTo(carol.getName());
      assertThat(caller.withPrincipal(null).userName()).isEqualTo("bob");
      assertThat(caller.connection().subject()).isNull();
    }
  }

  @Test
  void credentialsAreNotPrinted() {
    HttpFields fields = HttpFields.of("Authorization", "Basic Ym9iOmE6Yg==");
    RequestHead request =
        new RequestHead("GET", "/x", fields, ClientConnection.UNKNOWN)
            .withAttribute("token", "s3cret");
    Caller caller =
        Caller.of(ClientConnection.UNKNOWN, "h", "x")
            .withHeaders(fields.byName())
            .withAttributes(request.attributes());
    assertThat(request + " " + caller + " " + caller.basicCredentials() + " " + fields)
        .doesNotContain("Ym9iOmE6Yg", "s3cret", "a:b")
        .contains("Authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x?cmd=capabilities", "/x/api/exp-http-v2-0003/ro/heads", "/x"})
  void resolverRefuses(String target) throws IOException {
    HttpEndpoint refusing =
        resolving(
            caller ->
                caller.path().equals("x")
                    ? RepositoryResolution.refused()
                    : RepositoryResolution.notFound());
    Response response = send(refusing, "POST", target, framing());
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).isEqualTo("permission denied");
    assertThat(send(refusing, "GET", "/y?cmd=capabilities", framing()).status()).isEqualTo(404);
  }

  @Test
  void resolverRequiresAuthentication() throws IOException {
    Response basic =
        send(
            resolving(caller -> RepositoryResolution.passwordRequired("hg")),
            "GET",
            "/x?cmd=capabilities",
            HttpFields.empty());
    assertThat(basic.status()).isEqualTo(401);
    assertThat(basic.fields().first("WWW-Authenticate")).isEqualTo("Basic realm=\"hg\"");
    Response other =
        send(
            resolving(caller -> RepositoryResolution.authenticationRequired("Negotiate")),
            "GET",
            "/x?cmd=capabilities",
            HttpFields.empty());
    assertThat(other.fields().first("WWW-Authenticate")).isEqualTo("Negotiate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryResolution.authenticationRequired("a\nb"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /old?cmd=capabilities,  301, https://h.example/new?cmd=capabilities",
    "HEAD, /old,                   301, https://h.example/new",
    "POST, /old/api/exp-http-v2-0003/ro/heads, 308,"
        + " https://h.example/new/api/exp-http-v2-0003/ro/heads",
    "POST, /old/api/a%20b/%C3%A9,  308, https://h.example/new/api/a%20b/%C3%A9",
  })
  void movedRepositoryIsRedirected(String method, String target, int status, String location)
      throws IOException {
    HttpEndpoint moved =
        resolving(
            caller ->
                caller.path().equals("old")
                    ? RepositoryResolution.moved(URI.create("https://h.example/new"))
                    : RepositoryResolution.notFound());
    Response response = send(moved, method, target, framing());
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.fields().first("Location")).isEqualTo(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h/x", "/x", "https://u@h/x", "https://h/x?y", "https://h/#f", "http:x"})
  void urlThatIsNoRepositoryIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryResolution.moved(URI.create(url)));
  }

  @Test
  void queryThatDoesNotFitIntoLocationIs400() throws IOException {
    HttpEndpoint moved =
        resolving(
            caller ->
                caller.path().isEmpty()
                    ? RepositoryResolution.moved(URI.create("https://h.example/new/"))
                    : RepositoryResolution.notFound());
    assertThat(send(moved, "GET", "/?x=\u00e9", framing()).status()).isEqualTo(400);
    assertThat(send(moved, "POST", "/api/x", framing()).fields().first("Location"))
        .isEqualTo("https://h.example/new/api/x");
  }

  @Test
  void failureOfResolverIs500WithoutDetails() throws IOException {
    HttpEndpoint failing =
        resolving(
            caller -> {
              throw new IOException("the password is s3cret");
            });
    Response response = send(failing, "GET", "/x?cmd=capabilities", HttpFields.empty());
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("s3cret");
  }
}
