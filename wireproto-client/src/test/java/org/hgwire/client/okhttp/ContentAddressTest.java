// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.hgwire.client.PeerOptions;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.fetch.ContentResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To which addresses a fetcher connects: those that the policy allows, whatever names say. */
@Timeout(60)
class ContentAddressTest {
  private ContentServer server;

  ContentAddressTest() throws IOException {
    server = new ContentServer(new byte[10], null, Protocol.HTTP_1_1);
  }

  @BeforeEach
  void nothingCame() {
    assertThat(server.requests).isEmpty();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static RedirectPolicy policy(AddressPolicy addresses) {
    return RedirectPolicy.builder().addresses(addresses).build();
  }

  private static ContentFetcher fetcher(Dns dns, AddressPolicy addresses) {
    return fetcher(new OkHttpClient.Builder().dns(dns).proxy(Proxy.NO_PROXY).build(), addresses);
  }

  private static ContentFetcher fetcher(OkHttpClient client, AddressPolicy addresses) {
    PeerOptions options = PeerOptions.builder().redirects(policy(addresses)).build();
    return java.util.Objects.requireNonNull(OkHttpTransport.using(client).openFetcher(options));
  }

  private ContentRequest request(String host) {
    return new ContentRequest(
        URI.create("http://" + host + ":" + server.port() + "/c"), PinSet.NONE, 0, null);
  }

  private static @Nullable RedirectFault fault(ContentFetcher fetcher, ContentRequest request) {
    IOException e =
        catchThrowableOfType(
            IOException.class,
            () -> {
              try (ContentResponse response = fetcher.fetch(request)) {
                assertThat(response.status()).isEqualTo(200);
              }
            });
    Throwable at = e;
    while (at != null && !(at instanceof RedirectException)) {
      at = at.getCause();
    }
    if (e != null && at == null) {
      throw new AssertionError("no typed cause", e);
    }
    return at instanceof RedirectException redirect ? redirect.fault() : null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "localhost",
        "0x7f.1",
        "0x7f000001"
      })
  void thisMachineIsNotConnectedToHoweverItIsWritten(String host) {
    try (ContentFetcher fetcher = fetcher(Dns.SYSTEM, AddressPolicy.PUBLIC)) {
      RedirectException typed = null;
      IOException e =
          catchThrowableOfType(IOException.class, () -> fetcher.fetch(request(host)).close());
      for (Throwable at = e; at != null; at = at.getCause()) {
        typed = at instanceof RedirectException redirect ? redirect : typed;
      }
      // A spelling that is no name to the platform, or no URL to this library, leads nowhere at
      // all.
      assertThat(typed != null || e instanceof UnknownHostException)
          .as("typed or unknown: %s", e)
          .isTrue();
    }
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fe80::1]",
        "[fc00::1]",
        "[fd12::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::10.0.0.1]",
        "[2002:a00:1::]"
      })
  void privateAndMappedAddressesAreNotConnectedTo(String host) {
    try (ContentFetcher fetcher = fetcher(Dns.SYSTEM, AddressPolicy.PUBLIC)) {
      assertThat(fault(fetcher, request(host))).isEqualTo(RedirectFault.ADDRESS);
    }
  }

  @Test
  void aNameThatHasAPrivateAddressAmongOthersIsRefused() throws Exception {
    InetAddress loopback = LocalNames.address("127.0.0.1");
    InetAddress open = LocalNames.address("93.184.215.14");
    for (List<InetAddress> addresses :
        List.of(List.of(loopback), List.of(open, loopback), List.of(loopback, open))) {
      try (ContentFetcher fetcher = fetcher(host -> addresses, AddressPolicy.PUBLIC)) {
        assertThat(fault(fetcher, request("content.test"))).isEqualTo(RedirectFault.ADDRESS);
      }
    }
    assertThat(server.requests).isEmpty();
  }

  @Test
  void checkedAddressIsTheOneThatIsConnectedTo() throws Exception {
    // Allowed the first time it is looked at, private every time after.
    AddressPolicy allowed = AddressPolicy.PUBLIC.allowing("127.0.0.1");
    InetAddress good = LocalNames.address("127.0.0.1");
    InetAddress bad = LocalNames.address("127.0.0.2");
    Deque<InetAddress> results = new ArrayDeque<>(List.of(good, bad, bad, bad));
    List<String> asked = new ArrayList<>();
    Dns rebinding =
        host -> {
          asked.add(host);
          return List.of(results.size() > 1 ? results.remove() : results.getFirst());
        };
    try (ContentFetcher fetcher = fetcher(rebinding, allowed)) {
      server.closing = true;
      // One look, and one connection to exactly what was looked at.
      assertThat(fault(fetcher, request("content.test"))).isNull();
      assertThat(asked).hasSize(1);
      assertThat(fault(fetcher, request("content.test"))).isEqualTo(RedirectFault.ADDRESS);
    }
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aHostThatTheUserAllowsByNameMayHaveAnyAddress() throws Exception {
    try (ContentFetcher fetcher =
        fetcher(new LocalNames(), AddressPolicy.PUBLIC.allowing("content.test"))) {
      assertThat(fault(fetcher, request("content.test"))).isNull();
      assertThat(fault(fetcher, request("other.test"))).isEqualTo(RedirectFault.ADDRESS);
      assertThat(fault(fetcher, request("127.0.0.1"))).isEqualTo(RedirectFault.ADDRESS);
    }
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void nameIsCheckedBehindAProxyAndTheProxyIsNot() throws Exception {
    Proxy proxy =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.test", server.port()));
    OkHttpClient proxied =
        new OkHttpClient.Builder()
            .proxy(proxy)
            .dns(
                host ->
                    host.equals("public.test")
                        ? List.of(LocalNames.address("93.184.215.14"))
                        : new LocalNames().lookup(host))
            .build();
    try (ContentFetcher fetcher = fetcher(proxied, AddressPolicy.PUBLIC)) {
      assertThat(fault(fetcher, request("content.test"))).isEqualTo(RedirectFault.ADDRESS);
      assertThat(fault(fetcher, request("10.0.0.1"))).isEqualTo(RedirectFault.ADDRESS);
      assertThat(server.requests).isEmpty();
      assertThat(fault(fetcher, request("public.test"))).isNull();
    }
    assertThat(server.requests).hasSize(1);
    assertThat(server.requests.get(0).getHeaders().get("Proxy-Authorization")).isNull();
  }
}
