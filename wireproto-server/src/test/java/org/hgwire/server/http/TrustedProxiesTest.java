// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.redirects.Cidr;
import org.hgwire.server.command.ClientConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustedProxiesTest {
  private static final List<Cidr> PROXIES =
      Stream.of("10.0.0.0/8", "fd00::/8").map(Cidr::parse).toList();

  private static @Nullable SocketAddress origin(
      List<Cidr> trusted, @Nullable SocketAddress peer, HttpFields fields) {
    ClientConnection connection = ClientConnection.tls(peer, List.of());
    return new TrustedProxies(trusted)
        .originOf(new RequestHead("GET", "/", fields, connection))
        .address();
  }

  private static InetSocketAddress at(String address) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), 1234);
  }

  private static String origin(String peer, String forwardedFor) throws UnknownHostException {
    SocketAddress found = origin(PROXIES, at(peer), HttpFields.of("x-forwarded-for", forwardedFor));
    assertThat(found).isInstanceOf(InetSocketAddress.class);
    return ((InetSocketAddress) found).getAddress().getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // peer | X-Forwarded-For | address of the client
        "10.0.0.1 | 203.0.113.7 | 203.0.113.7",
        "10.0.0.1 | 203.0.113.7, 10.0.0.2 | 203.0.113.7",
        "10.0.0.1 | 198.51.100.1, 203.0.113.7 | 203.0.113.7",
        "10.0.0.1 | 10.9.9.9, 203.0.113.7, 10.0.0.2 | 203.0.113.7",
        "10.0.0.1 | 10.0.0.2, 10.0.0.3 | 10.0.0.2",
        "10.0.0.1 | 203.0.113.7:4711 | 203.0.113.7",
        "10.0.0.1 | '[2001:db8::7]:4711' | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
        "fd00::1 | 203.0.113.7 | 203.0.113.7",
        "10.0.0.1 | unknown | 10.0.0.1",
        "10.0.0.1 | 203.0.113.7, unknown | 10.0.0.1",
        "10.0.0.1 | 203.0.113.7, example.com | 10.0.0.1",
        "10.0.0.1 | 203.0.113.0/24 | 10.0.0.1",
        "10.0.0.1 | '' | 10.0.0.1",
        // The field is ignored if the peer is no proxy.
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "203.0.113.9 | 198.51.100.1, 10.0.0.1 | 203.0.113.9",
      })
  void rightmostAddressThatIsNoProxyIsTheClient(String peer, String forwardedFor, String client)
      throws UnknownHostException {
    assertThat(origin(peer, forwardedFor)).isEqualTo(client);
  }

  @Test
  void severalFieldsAreOneList() throws UnknownHostException {
    HttpFields fields =
        HttpFields.of("X-Forwarded-For", "198.51.100.1")
            .with("X-Forwarded-For", "203.0.113.7")
            .with("X-FORWARDED-FOR", "10.0.0.2");
    assertThat(origin(PROXIES, at("10.0.0.1"), fields))
        .isEqualTo(new InetSocketAddress(InetAddress.getByName("203.0.113.7"), 0));
  }

  @Test
  void withoutTrustedProxiesTheFieldIsIgnored() throws UnknownHostException {
    HttpFields fields = HttpFields.of("X-Forwarded-For", "203.0.113.7");
    assertThat(origin(List.of(), at("10.0.0.1"), fields)).isEqualTo(at("10.0.0.1"));
    assertThat(origin(PROXIES, null, fields)).isNull();
    assertThat(origin(PROXIES, at("10.0.0.1"), HttpFields.empty())).isEqualTo(at("10.0.0.1"));
  }

  @Test
  void longListIsReadFromTheRightUpToTheLimit() throws UnknownHostException {
    String endless = "203.0.113.7" + ", 10.0.0.2".repeat(100_000);
    assertThat(origin("10.0.0.1", endless)).isEqualTo("10.0.0.2");
  }
}
