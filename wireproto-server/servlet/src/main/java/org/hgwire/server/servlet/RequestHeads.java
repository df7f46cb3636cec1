// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.redirects.Cidr;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;

/** Makes heads of requests of what a container knows. */
final class RequestHeads {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private static final List<String> CONTAINERS =
      List.of(
          "jakarta.servlet.",
          "org.apache.catalina.",
          "org.apache.coyote.",
          "org.apache.tomcat.",
          "org.eclipse.jetty.");

  private RequestHeads() {}

  /**
   * Returns the head of a request. Its target is what follows the path of the servlet, as it came:
   * a container decodes the path of a servlet, and what it decoded cannot be encoded again.
   *
   * @throws IllegalArgumentException if the target does not spell the path of the servlet segment
   *     by segment; that of a request that was forwarded or goes through {@code ..} does not
   */
  static RequestHead of(HttpServletRequest request) {
    String query = request.getQueryString();
    String target = path(request) + (query == null ? "" : "?" + query);
    return new RequestHead(
        request.getMethod(),
        target,
        request.getProtocol(),
        fields(request),
        connection(request),
        request.getUserPrincipal(),
        attributes(request));
  }

  /** Returns what filters attached; what containers keep for themselves is left out. */
  private static Map<String, Object> attributes(HttpServletRequest request) {
    Map<String, Object> attributes = new HashMap<>();
    for (String name : Collections.list(request.getAttributeNames())) {
      Object value = request.getAttribute(name);
      if (value != null && CONTAINERS.stream().noneMatch(name::startsWith)) {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  private static String path(HttpServletRequest request) {
    String mapped =
        request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH
            ? request.getServletPath()
            : "";
    List<String> prefix = new ArrayList<>();
    prefix.addAll(segments(decoded(request.getContextPath())));
    prefix.addAll(segments(mapped));
    String rest = request.getRequestURI();
    for (String expected : prefix) {
      int from = 0;
      while (from < rest.length() && rest.charAt(from) == '/') {
        from++;
      }
      int slash = rest.indexOf('/', from);
      String raw = slash < 0 ? rest.substring(from) : rest.substring(from, slash);
      if (!decoded(raw).equals(expected)) {
        throw new IllegalArgumentException("the path of the request target is not a plain one");
      }
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }

  private static String decoded(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static HttpFields fields(HttpServletRequest request) {
    List<Entry<String, String>> fields = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        fields.add(Map.entry(name, value));
      }
    }
    return new HttpFields(fields);
  }

  private static ClientConnection connection(HttpServletRequest request) {
    Object attribute = request.getAttribute(CERTIFICATES);
    List<Certificate> certificates =
        attribute instanceof Certificate[] chain ? List.of(chain) : List.of();
    return new ClientConnection(address(request), request.isSecure(), certificates);
  }

  private static InetSocketAddress address(HttpServletRequest request) {
    String text = request.getRemoteAddr();
    String literal = text.startsWith("[") && text.endsWith("]") ? inside(text) : text;
    int zone = literal.indexOf('%');
    try {
      return new InetSocketAddress(
          Cidr.parse(zone < 0 ? literal : literal.substring(0, zone)).network(),
          request.getRemotePort());
    } catch (IllegalArgumentException noAddress) {
      // A filter may say something else; it is not looked up.
      return InetSocketAddress.createUnresolved(text, request.getRemotePort());
    }
  }

  private static String inside(String brackets) {
    return brackets.substring(1, brackets.length() - 1);
  }
}
