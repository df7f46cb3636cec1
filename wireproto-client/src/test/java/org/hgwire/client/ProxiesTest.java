// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxiesTest {
  private static Proxy at(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  private static @Nullable Proxy chosen(Proxies proxies, String url) {
    return proxies.proxyFor(URI.create(url));
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.corp:3128, proxy.corp, 3128",
    "http://proxy.corp, proxy.corp, 80",
    "HTTP://Proxy.Corp:81/, proxy.corp, 81",
    "http://u:p@ss@my_proxy:81, my_proxy, 81",
    "http://[2001:db8::1]:81, 2001:db8::1, 81",
    "10.0.0.1:8080, 10.0.0.1, 8080",
  })
  void proxyIsReadFromAUrl(String text, String host, int port) {
    Proxies proxies = Proxies.parse(text);
    assertThat(chosen(proxies, "http://hg.example/")).isEqualTo(at(host, port));
    assertThat(chosen(proxies, "https://my_host/")).isEqualTo(at(host, port));
    Credentials login = proxies.credentialsFor(at(host, port));
    assertThat(login).isEqualTo(text.contains("@") ? new Credentials("u", "p@ss") : null);
  }

  @Test
  void noneIsNoProxyAndThePlatformChoosesOtherwise() {
    assertThat(chosen(Proxies.parse("none"), "http://hg.example/")).isEqualTo(Proxy.NO_PROXY);
    assertThat(chosen(Proxies.PLATFORM, "http://hg.example/")).isNull();
    assertThat(Proxies.ofEnvironment(Map.of("http_proxy", "", "no_proxy", "x")))
        .isSameAs(Proxies.PLATFORM);
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:secret@proxy.corp/, https is not supported",
    "socks5://proxy.corp/, socks5 is not supported",
    "http://u:secret@proxy.corp/x, more after the host",
    "http://u:secret@-x/, '\"-x\" is neither'",
    "'http://u:secret@a b/', Illegal character",
    "'', [http://]",
    "http:proxy, '[http://]'",
  })
  void whatIsWrongIsNamedWithoutThePassword(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proxies.parse(text))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    if (!text.isEmpty()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Proxies.ofEnvironment(Map.of("HTTPS_PROXY", text)))
          .withMessageContaining("the variable https_proxy")
          .withMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http_proxy, , http://hg.example/, true",
    "http_proxy, , https://hg.example/, false",
    "HTTP_PROXY, , http://hg.example/, true",
    "https_proxy, , https://hg.example/, true",
    "HTTPS_PROXY, , https://hg.example/, true",
    // In a CGI program HTTP_PROXY is the header Proxy of a request.
    "HTTP_PROXY, REQUEST_METHOD, http://hg.example/, false",
    "http_proxy, REQUEST_METHOD, http://hg.example/, true",
    "HTTPS_PROXY, REQUEST_METHOD, https://hg.example/, true",
  })
  void variablesAreReadInSmallLettersAndCapitals(
      String name, @Nullable String cgi, String url, boolean proxied) {
    Map<String, String> environment = new HashMap<>(Map.of(name, "proxy.corp:3128"));
    if (cgi != null) {
      environment.put(cgi, "GET");
    }
    Proxies proxies = Proxies.ofEnvironment(environment);
    Proxy expected = proxied ? at("proxy.corp", 3128) : null;
    Proxy found = chosen(proxies, url);
    assertThat(Proxy.NO_PROXY.equals(found) ? null : found).isEqualTo(expected);
  }

  @Test
  void smallLettersPrecedeCapitals() {
    Map<String, String> both = Map.of("http_proxy", "small:1", "HTTP_PROXY", "capital:1");
    assertThat(chosen(Proxies.ofEnvironment(both), "http://hg.example/")).isEqualTo(at("small", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hg.example | http://hg.example/ | true",
        "HG.Example. | http://hg.example:8000/ | true",
        "example | http://hg.example/ | true",
        ".example | http://hg.example/ | true",
        "*.example | http://hg.example/ | true",
        ".hg.example | http://hg.example/ | true",
        "g.example | http://hg.example/ | false",
        "hg.example.org | http://hg.example/ | false",
        "* | http://hg.example/ | true",
        "a,*,b | http://10.1.2.3/ | true",
        "hg.example:8000 | http://hg.example:8000/ | true",
        "hg.example:8000 | http://hg.example/ | false",
        "hg.example:443 | https://hg.example/ | true",
        "a.example, hg.example | http://hg.example/ | true",
        "a.example hg.example | http://hg.example/ | true",
        "my_host | http://my_host/ | true",
        "bücher.example | http://xn--bcher-kva.example/ | true",
        "10.0.0.0/8 | http://10.1.2.3/ | true",
        "10.0.0.0/8 | http://11.1.2.3/ | false",
        "10.0.0.0/8 | http://hg.example/ | false",
        "10.1.2.3 | http://10.1.2.3/ | true",
        "10.1.2.3:81 | http://10.1.2.3:81/ | true",
        "10.1.2.3:81 | http://10.1.2.3/ | false",
        "2.3 | http://10.1.2.3/ | false",
        "2001:db8::/32 | http://[2001:db8::1]/ | true",
        "[2001:db8::1]:81 | http://[2001:db8::1]:81/ | true",
        "[2001:db8::1]:81 | http://[2001:db8::1]/ | false",
        "2001:db8::1 | http://[2001:db8::1]/ | true",
        "x | http://localhost/ | true",
        "x | http://127.0.0.1:8000/ | true",
        "x | http://[::1]/ | true",
        "x | http://localhost.example/ | false",
        "-,//,:,%,.,*. | http://hg.example/ | false",
      })
  void exceptionsAreNotProxied(String list, String url, boolean excepted) {
    Proxies proxies =
        Proxies.ofEnvironment(Map.of("http_proxy", "p:1", "https_proxy", "p:1", "no_proxy", list));
    assertThat(chosen(proxies, url)).isEqualTo(excepted ? Proxy.NO_PROXY : at("p", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost/", "http://127.0.0.1/"})
  void proxyThatIsNamedIsForThisMachineToo(String url) {
    assertThat(chosen(Proxies.parse("p:1"), url)).isEqualTo(at("p", 1));
  }

  @Test
  void eachProxyHasItsOwnCredentials() {
    Proxies proxies =
        Proxies.ofEnvironment(Map.of("http_proxy", "a:b@one:1", "https_proxy", "c:d@two:2"));
    assertThat(requireNonNull(proxies.credentialsFor(at("one", 1))).user()).isEqualTo("a");
    assertThat(requireNonNull(proxies.credentialsFor(at("two", 2))).user()).isEqualTo("c");
    assertThat(proxies.credentialsFor(at("one", 2))).isNull();
    Credentials login = new Credentials("e", "f");
    assertThat(Proxies.PLATFORM.withCredentials(login).credentialsFor(at("any", 1)))
        .isEqualTo(login);
  }
}
