// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hgwire.server.testing.ExchangeContract.Script;
import org.junit.jupiter.api.Test;

/** The rules of HTTP that hold whatever is served (RFC 9110, RFC 9112). */
public interface HttpRulesContract extends HttpAdapter {
  /** Returns whether the server itself refuses a Host that contradicts an absolute target. */
  default boolean refusesContradictingHost() {
    return false;
  }

  /**
   * Returns whether a request with a length and chunks is refused; a server may also take its
   * chunks and close the connection afterwards.
   */
  default boolean refusesLengthBesidesChunks() {
    return true;
  }

  private RawClient.Response ask(Script script, String request) throws Exception {
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(request.replace("{}", server.path()));
      RawClient.Response response = client.read(!request.startsWith("HEAD"));
      assertThat(response.fields().get("date"))
          .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
      return response;
    }
  }

  private void isRefused(String fields, Integer... statuses) throws Exception {
    Script script = new Script();
    RawClient.Response response =
        ask(script, "POST {}/x HTTP/1.1\r\n" + fields + "\r\n3\r\nabc\r\n0\r\n\r\n");
    assertThat(response.status()).as(fields).isIn((Object[]) statuses);
    assertThat(response.fields()).containsEntry("connection", "close");
    assertThat(script.requests()).isEmpty();
  }

  @Test
  default void hostIsRequiredOnce() throws Exception {
    isRefused("Content-Length: 0\r\n", 400);
    isRefused("Host: a\r\nHost: b\r\nContent-Length: 0\r\n", 400);
    isRefused("Host: a\r\nHost: a\r\nContent-Length: 0\r\n", 400);
    isRefused("Host: a b\r\nContent-Length: 0\r\n", 400);
    isRefused("Host: u@h\r\nContent-Length: 0\r\n", 400);
  }

  @Test
  default void http10NeedsNoHost() throws Exception {
    Script script = new Script(ScriptedExchange.text("old"));
    assertThat(ask(script, "GET {}/ HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
  }

  @Test
  default void hostOfAbsoluteTargetCounts() throws Exception {
    Script script = new Script(ScriptedExchange.text("x"));
    RawClient.Response same = ask(script, "GET http://h:81{}/x?y HTTP/1.1\r\nHost: h:81\r\n\r\n");
    assertThat(same.status()).isEqualTo(200);
    assertThat(script.requests().get(0).target()).isEqualTo("/x?y");
    Script contradicted = new Script(ScriptedExchange.text("x"));
    RawClient.Response other =
        ask(contradicted, "GET http://other:81{}/x HTTP/1.1\r\nHost: h\r\n\r\n");
    if (refusesContradictingHost()) {
      assertThat(other.status()).isEqualTo(400);
    } else {
      assertThat(contradicted.requests().get(0).target()).isEqualTo("/x");
      assertThat(contradicted.requests().get(0).fields().all("Host")).containsExactly("other:81");
    }
  }

  @Test
  default void otherTransferCodingsAreRefused() throws Exception {
    isRefused("Host: h\r\nTransfer-Encoding: gzip, chunked\r\n", 501);
    isRefused("Host: h\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501);
    isRefused("Host: h\r\nTransfer-Encoding: gzip\r\n", 400, 501);
    isRefused("Host: h\r\nTransfer-Encoding: xchunked\r\n", 400, 501);
    isRefused("Host: h\r\nTransfer-Encoding: chunked, gzip\r\n", 400, 501);
    isRefused("Host: h\r\nTransfer-Encoding: chunked, chunked\r\n", 400, 501);
  }

  @Test
  default void lengthBesidesChunksIsRefused() throws Exception {
    if (refusesLengthBesidesChunks()) {
      isRefused("Host: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", 400);
      isRefused("Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n", 400);
    }
    isRefused("Host: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n", 400);
    isRefused("Host: h\r\nContent-Length: +3\r\n", 400);
  }

  @Test
  default void encodedBodyIs415() throws Exception {
    for (String coding : List.of("gzip", "identity, br", "ZSTD")) {
      Script script = new Script();
      RawClient.Response response =
          ask(
              script,
              "POST {}/x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Encoding: "
                  + coding
                  + "\r\n\r\nabc");
      assertThat(response.status()).as(coding).isEqualTo(415);
      assertThat(response.fields()).containsEntry("accept-encoding", "identity");
      assertThat(script.requests()).isEmpty();
    }
    Script plain = new Script(ScriptedExchange.afterBody("done"));
    assertThat(
            ask(
                    plain,
                    "POST {}/x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Encoding:"
                        + " Identity\r\n\r\nabc")
                .body())
        .isEqualTo("done");
  }

  @Test
  default void otherMajorVersionIs505() throws Exception {
    for (String version : List.of("HTTP/3.0", "HTTP/0.9", "HTTP/2.7")) {
      Script script = new Script();
      RawClient.Response response = ask(script, "GET {}/x " + version + "\r\nHost: h\r\n\r\n");
      assertThat(response.status()).as(version).isIn(505, 400);
      assertThat(script.requests()).isEmpty();
    }
    assertThat(ask(new Script(), "GET {}/x HTTP/3.0\r\nHost: h\r\n\r\n").status()).isEqualTo(505);
  }

  @Test
  default void headIsGetWithoutBody() throws Exception {
    Script script =
        new Script(
            ScriptedExchange.text("hello"),
            new ScriptedExchange(false, 2, new byte[] {'x'}, false),
            ScriptedExchange.text("again"));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      String rest = " " + server.path() + "/ HTTP/1.1\r\nHost: h\r\n\r\n";
      client.send("HEAD" + rest);
      assertThat(client.read(false).fields()).containsEntry("content-length", "5");
      client.send("HEAD" + rest);
      assertThat(client.read(false).status()).isEqualTo(200);
      client.send("GET" + rest);
      assertThat(client.read().body()).isEqualTo("again");
    }
  }

  @Test
  default void healthCheckDoesNotReachTheService() throws Exception {
    Script script = new Script(ScriptedExchange.text("other"));
    RawClient.Response up = ask(script, "GET {}/healthz HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(Map.of(up.status(), up.body())).containsEntry(200, "ok\n");
    assertThat(up.fields()).containsEntry("cache-control", "no-store");
    assertThat(ask(script, "HEAD {}/healthz HTTP/1.1\r\nHost: h\r\n\r\n").fields())
        .containsEntry("content-length", "3");
    assertThat(ask(script, "GET {}/healthz?cmd=heads HTTP/1.1\r\nHost: h\r\n\r\n").body())
        .isEqualTo("other");
  }

  @Test
  default void malformedChunkIs400() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    RawClient.Response response =
        ask(
            new Script(exchange),
            "POST {}/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
    assertThat(response.status()).isEqualTo(400);
    Eventually.holds("the exchange is closed", exchange::isClosed);
  }
}
