// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.server.http.RequestHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadsTest {
  private final Map<String, Object> values =
      new HashMap<>(
          Map.of(
              "getMethod", "GET",
              "getContextPath", "",
              "getServletPath", "",
              "getRequestURI", "/",
              "getRemoteAddr", "192.0.2.7",
              "getRemotePort", 4711,
              "isSecure", false));
  private final Map<String, Object> attributes = new HashMap<>();
  private MappingMatch match = MappingMatch.PATH;

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RequestHeadsTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private RequestHead head() {
    HttpServletMapping mapping =
        fake(HttpServletMapping.class, (proxy, method, arguments) -> match);
    return RequestHeads.of(
        fake(
            HttpServletRequest.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHttpServletMapping" -> mapping;
                  case "getHeaderNames" -> Collections.enumeration(List.of("Host", "A"));
                  case "getHeaders" -> Collections.enumeration(List.of("1", "2"));
                  case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
                  case "getAttribute" -> attributes.get(arguments[0].toString());
                  default -> values.get(method.getName());
                }));
  }

  private String target(String context, String servlet, String uri) {
    values.put("getContextPath", context);
    values.put("getServletPath", servlet);
    values.put("getRequestURI", uri);
    return head().target();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', /a/b, /a/b",
    "/c, /hg, /c/hg, /",
    "/c, /hg, /c/hg/, /",
    "/c, /hg, /c/hg/a%20b/, /a%20b/",
    "/c%20d, /h\u00fcg/x, /c%20d/h%C3%BCg/x/a, /a",
    "/c, /hg, /%63/h%67/a%2Fb, /a%2Fb",
    "/c, /hg, //c//hg//a, //a",
    "/a+b, /c+d, /a+b/c+d/e+f, /e+f",
  })
  void targetIsWhatFollowsTheServlet(String context, String servlet, String uri, String expected) {
    assertThat(target(context, servlet, uri)).isEqualTo(expected);
  }

  @Test
  void queryIsKeptAsItCame() {
    values.put("getQueryString", "cmd=x&y=%2f+");
    assertThat(target("", "/hg", "/hg/a")).isEqualTo("/a?cmd=x&y=%2f+");
  }

  @Test
  void servletThatIsTheDefaultHasNoPathOfItsOwn() {
    match = MappingMatch.DEFAULT;
    assertThat(target("/c", "/a/b", "/c/a/b")).isEqualTo("/a/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x/../hg/a", "/;x/hg/a", "/hg;x/a", "/./hg/a", "/other", "/%zz/a", ""})
  void pathThatDoesNotSpellTheServletIsRefused(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> target("", "/hg", uri));
  }

  @Test
  void fieldsKeepTheirDuplicates() {
    assertThat(head().fields().entries())
        .containsExactly(
            Map.entry("Host", "1"),
            Map.entry("Host", "2"),
            Map.entry("A", "1"),
            Map.entry("A", "2"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
  })
  void addressIsRead(String text, String expected) {
    values.put("getRemoteAddr", text);
    InetSocketAddress address = (InetSocketAddress) head().connection().address();
    assertThat(address).isNotNull();
    assertThat(address.getAddress().getHostAddress()).isEqualTo(expected);
    assertThat(address.getPort()).isEqualTo(4711);
  }

  @Test
  void addressThatIsNoneIsNotLookedUp() {
    values.put("getRemoteAddr", "unknown.example.org");
    InetSocketAddress address = (InetSocketAddress) head().connection().address();
    assertThat(address).isNotNull();
    assertThat(address.isUnresolved()).isTrue();
  }

  @Test
  void principalAndAttributesOfFiltersAreKept() {
    Principal ada = () -> "ada";
    values.put("getUserPrincipal", ada);
    attributes.put("com.example.team", "tides");
    attributes.put("jakarta.servlet.request.key_size", 256);
    attributes.put("org.apache.tomcat.remoteAddr", "x");
    assertThat(head().principal()).isSameAs(ada);
    assertThat(head().attributes()).containsExactly(Map.entry("com.example.team", "tides"));
  }
}
