// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What HTTP (RFC 9110 and 9112) asks of a server whatever it serves: requests that it refuses,
 * targets in absolute form, and responses to HEAD, which have no body. Adapters put it around their
 * service. Safe for use by several threads.
 *
 * <p>A refusal of a request whose body cannot be delimited for certain, or that two recipients may
 * read differently, has {@code Connection: close}: nothing that follows on its connection is to be
 * taken for a request.
 */
public final class HttpRules implements HttpService {
  /** RFC 9110, 7.2: {@code Host = uri-host [ ":" port ]}; the host may be empty. */
  private static final Pattern HOST =
      Pattern.compile(
          "(\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9._~!$&'()*+,;=-]++|%[0-9A-Fa-f]{2})*+)(:[0-9]{0,5})?");

  private static final Pattern ABSOLUTE_FORM =
      Pattern.compile("https?://([^/?#]*)([^#]*)", Pattern.CASE_INSENSITIVE);

  private final HttpService service;

  private HttpRules(HttpService service) {
    this.service = service;
  }

  /** Returns a service that passes on the requests that HTTP allows, and refuses the others. */
  public static HttpService around(HttpService service) {
    return new HttpRules(service);
  }

  @Override
  public HttpExchange open(RequestHead request) {
    HttpExchange exchange = refusal(request);
    if (exchange == null) {
      exchange = request.target().startsWith("/") ? service.open(request) : openOther(request);
    }
    return request.method().equals("HEAD") ? new HeadExchange(exchange) : exchange;
  }

  /**
   * RFC 9112, 3.2.2: "When an origin server receives a request with an absolute-form of
   * request-target, the origin server MUST ignore the received Host header field (if any) and
   * instead use the host information of the request-target." Later versions of HTTP have no such
   * form.
   */
  private HttpExchange openOther(RequestHead request) {
    Matcher absolute = ABSOLUTE_FORM.matcher(request.target());
    if (!absolute.matches() || !request.protocol().startsWith("HTTP/1.")) {
      return last(400, "the request target does not begin with a slash\n");
    }
    String authority = absolute.group(1);
    String rest = absolute.group(2);
    return authority.isEmpty() || !HOST.matcher(authority).matches()
        ? last(400, "the host of the request target is malformed\n")
        : service.open(
            request
                .withTarget(rest.startsWith("/") ? rest : "/" + rest)
                .withFields(request.fields().replacing("Host", authority)));
  }

  private static @Nullable FixedExchange refusal(RequestHead request) {
    FixedExchange refusal = host(request);
    if (refusal == null) {
      refusal = transferCodings(request);
    }
    return refusal == null ? contentCodings(request) : refusal;
  }

  /**
   * RFC 9112, 3.2: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1
   * request message that lacks a Host header field and to any request message that contains more
   * than one Host header field line or a Host header field with an invalid field value."
   */
  private static @Nullable FixedExchange host(RequestHead request) {
    List<String> hosts = request.fields().all("Host");
    if (hosts.size() > 1) {
      return last(400, "the request has more than one Host field\n");
    }
    if (hosts.isEmpty()) {
      return request.protocol().equals("HTTP/1.1")
          ? last(400, "the request has no Host field\n")
          : null;
    }
    return HOST.matcher(hosts.get(0)).matches()
        ? null
        : last(400, "the Host field of the request is malformed\n");
  }

  private static @Nullable FixedExchange transferCodings(RequestHead request) {
    HttpFields fields = request.fields();
    if (fields.first("Transfer-Encoding") == null) {
      return null;
    }
    // RFC 9112, 6.1: such a message may be an attempt at request smuggling; a server may reject it.
    if (fields.first("Content-Length") != null) {
      return last(400, "the request has Transfer-Encoding and Content-Length\n");
    }
    if (request.protocol().equals("HTTP/1.0")) {
      return last(400, "the request has Transfer-Encoding, which HTTP/1.0 has not\n");
    }
    List<String> codings = fields.list("Transfer-Encoding");
    int chunked = (int) codings.stream().filter("chunked"::equalsIgnoreCase).count();
    // 6.3: "If ... the chunked transfer coding is not the final encoding, ... the server MUST
    // respond with the 400 (Bad Request) status code and then close the connection."
    if (chunked != 1 || !codings.get(codings.size() - 1).equalsIgnoreCase("chunked")) {
      return last(400, "the last transfer coding of the request is not chunked\n");
    }
    // 6.1: "A server that receives a request message with a transfer coding it does not understand
    // SHOULD respond with 501 (Not Implemented)."
    return codings.size() == 1
        ? null
        : last(501, "no transfer coding but chunked is implemented here\n");
  }

  /**
   * RFC 9110, 15.5.16: 415 if the content coding is not supported, with Accept-Encoding (12.5.3).
   */
  private static @Nullable FixedExchange contentCodings(RequestHead request) {
    List<String> codings = request.fields().list("Content-Encoding");
    return codings.isEmpty() || codings.stream().allMatch("identity"::equalsIgnoreCase)
        ? null
        : FixedExchange.text(
            415,
            HttpFields.of("Content-Type", "text/plain").with("Accept-Encoding", "identity"),
            "the body of the request must have no content coding\n");
  }

  /** Returns the response to the last request of a connection. */
  private static FixedExchange last(int status, String text) {
    return FixedExchange.text(
        status, HttpFields.of("Content-Type", "text/plain").with("Connection", "close"), text);
  }
}
