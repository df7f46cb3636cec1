// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.server.command.ClientConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an adapter's own tests do not reach. */
class HttpRulesTest {
  private final List<RequestHead> passed = new ArrayList<>();
  private final HttpService rules =
      HttpRules.around(
          request -> {
            passed.add(request);
            return FixedExchange.text(200, "ok");
          });

  private ResponseHead send(String protocol, String target, HttpFields fields) {
    RequestHead request =
        new RequestHead("GET", target, protocol, fields, ClientConnection.UNKNOWN, null, Map.of());
    try (HttpExchange exchange = rules.open(request)) {
      return requireNonNull(exchange.responseHead());
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "HTTP/1.1, /a?b,                      200, /a?b, h",
        "HTTP/1.1, http://other,              200, /,    other",
        "HTTP/1.1, HTTPS://other:8?b,         200, /?b,  other:8",
        "HTTP/1.0, http://[::1]:80/a,         200, /a,   [::1]:80",
        "HTTP/1.1, http:///a,                 400, null, null",
        "HTTP/1.1, http://user@other/a,       400, null, null",
        "HTTP/1.1, ftp://other/a,             400, null, null",
        "HTTP/1.1, *,                         400, null, null",
        "HTTP/1.1, other:80,                  400, null, null",
        "HTTP/2,   /a,                        200, /a,   h",
        "HTTP/2,   http://other/a,            400, null, null",
      })
  void targetIsAPathOrInAbsoluteForm(
      String protocol, String target, int status, @Nullable String path, @Nullable String host) {
    assertThat(send(protocol, target, HttpFields.of("Host", "h")).status()).isEqualTo(status);
    assertThat(passed)
        .extracting(RequestHead::target)
        .isEqualTo(path == null ? List.of() : List.of(path));
    assertThat(passed)
        .extracting(request -> request.fields().first("host"))
        .isEqualTo(host == null ? List.of() : List.of(host));
  }

  @Test
  void http2NeedsNoHost() {
    assertThat(send("HTTP/2", "/", HttpFields.empty()).status()).isEqualTo(200);
    assertThat(send("HTTP/1.1", "/", HttpFields.empty()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                 200",
    "identity,           200",
    "'identity, ,',      200",
    "gzip,               415",
    "'identity, gzip',   415",
    "x-identity,         415"
  })
  void bodyHasNoContentCoding(String codings, int status) {
    HttpFields fields = HttpFields.of("Host", "h").with("Content-Encoding", codings);
    ResponseHead response = send("HTTP/1.1", "/", fields);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.fields().first("Accept-Encoding"))
        .isEqualTo(status == 415 ? "identity" : null);
  }

  @ParameterizedTest
  @CsvSource({
    "h,              200",
    "'',             200",
    "h:80,           200",
    "h_x.example,    200",
    "[2001:db8::1]:8000, 200",
    "h:port,         400",
    "'a,b',          200",
    "h/p,            400",
    "h?q,            400",
    "a@h,            400",
    "%zz,            400",
    "[::1,           400",
  })
  void hostIsAHostAndAPort(String host, int status) {
    assertThat(send("HTTP/1.1", "/", HttpFields.of("Host", host)).status()).isEqualTo(status);
  }
}
