// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, of this host",
    "0.1.2.3, of this host",
    "10.0.0.0, private",
    "10.255.255.255, private",
    "100.64.0.0, CGNAT",
    "100.127.255.255, CGNAT",
    "127.0.0.1, loopback",
    "127.255.255.255, loopback",
    "169.254.0.0, link-local",
    "169.254.169.254, link-local",
    "172.16.0.0, private",
    "172.31.255.255, private",
    "192.0.0.1, for protocols",
    "192.0.2.1, for documentation",
    "192.88.99.1, 6to4",
    "192.168.0.0, private",
    "192.168.255.255, private",
    "198.18.0.0, for benchmarks",
    "198.19.255.255, for benchmarks",
    "198.51.100.1, for documentation",
    "203.0.113.1, for documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "::, of this host",
    "::1, loopback",
    "::2, IPv4-compatible",
    "::8.8.8.8, IPv4-compatible",
    "64:ff9b::7f00:1, NAT64 of an address that is loopback",
    "64:ff9b::10.0.0.1, NAT64 of an address that is private",
    "64:ff9b:1::8.8.8.8, local NAT64",
    "100::1, for discarding",
    "1234::1, not global unicast",
    "4000::1, not global unicast",
    "2001::1, Teredo",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, Teredo",
    "2001:10::1, for protocols",
    "2001:db8::1, for documentation",
    "2002:7f00:1::1, 6to4",
    "2002:808:808::1, 6to4",
    "3fff::1, for documentation",
    "fc00::1, unique local",
    "fdff:ffff::1, unique local",
    "fe80::1, link-local",
    "febf::1, link-local",
    "fec0::1, site-local",
    "ff02::1, multicast",
  })
  void nonPublicAddressesAreRefused(String address, String kind) {
    assertThatExceptionOfType(RedirectException.class)
        .isThrownBy(
            () ->
                AddressPolicy.PUBLIC.requireAllowed(
                    "cdn.example", List.of(InetAddress.getByName(address))))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(RedirectFault.ADDRESS))
        .withMessageContaining("cdn.example")
        .withMessageContaining(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2000::1",
        "2001:200::1",
        "2606:4700::1111",
        "3ffe::1",
        "64:ff9b::8.8.8.8",
      })
  void anAddressOfAPublicHostIsAllowed(String address) {
    assertThatCode(
            () ->
                AddressPolicy.PUBLIC.requireAllowed(
                    "cdn.example", List.of(InetAddress.getByName(address))))
        .doesNotThrowAnyException();
  }

  @Test
  void mappedIpv6AddressesAreRefused() throws UnknownHostException {
    for (String held : List.of("127.0.0.1", "8.8.8.8")) {
      assertThat(faultOf(AddressPolicy.PUBLIC, "cdn.example", mapped(held)))
          .isEqualTo(RedirectFault.ADDRESS);
    }
    AddressPolicy allowed = AddressPolicy.PUBLIC.allowing("127.0.0.0/8");
    assertThat(faultOf(allowed, "cdn.example", mapped("127.0.0.1"))).isNull();
  }

  @Test
  void oneRefusedAddressRefusesTheHost() throws UnknownHostException {
    InetAddress open = InetAddress.getByName("1.1.1.1");
    InetAddress inner = InetAddress.getByName("10.0.0.1");
    assertThat(faultOf(AddressPolicy.PUBLIC, "cdn.example", open, inner))
        .isEqualTo(RedirectFault.ADDRESS);
    assertThat(faultOf(AddressPolicy.PUBLIC, "cdn.example", inner, open))
        .isEqualTo(RedirectFault.ADDRESS);
  }

  @Test
  void aHostWithoutAddressesIsUnknown() {
    assertThat(faultOf(AddressPolicy.PUBLIC, "cdn.example")).isEqualTo(RedirectFault.UNKNOWN_HOST);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "localhost, LOCALHOST",
    "localhost, localhost.",
    "LocalHost., localhost",
    "bücher.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, bücher.example",
    "BÜCHER.example, XN--BCHER-KVA.EXAMPLE.",
  })
  void anAllowedHostMayHaveAnyAddress(String allowed, String host) throws UnknownHostException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    AddressPolicy policy = AddressPolicy.PUBLIC.allowing(allowed);
    assertThat(faultOf(policy, host, loopback)).isNull();
    assertThat(faultOf(policy, "a." + host, loopback)).isEqualTo(RedirectFault.ADDRESS);
    assertThat(faultOf(policy, "other.example", loopback)).isEqualTo(RedirectFault.ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.2.3, 10.2.0.0",
    "10.1.2.3, 10.1.2.3, 10.1.2.4",
    "::1, ::1, ::2",
    "[::1], ::1, ::2",
    "fd00::/8, fd12::1, fc00::1",
  })
  void anAllowedRangeMayBelongToAnyHost(String range, String inside, String outside)
      throws UnknownHostException {
    AddressPolicy policy = AddressPolicy.PUBLIC.allowing(range);
    assertThat(faultOf(policy, "any.example", InetAddress.getByName(inside))).isNull();
    assertThat(faultOf(policy, "any.example", InetAddress.getByName(outside)))
        .isEqualTo(RedirectFault.ADDRESS);
  }

  @Test
  void exceptionsAddUp() throws UnknownHostException {
    AddressPolicy policy =
        AddressPolicy.PUBLIC.allowing("a.example").allowing("10.0.0.0/8").allowing("b.example");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    assertThat(faultOf(policy, "a.example", loopback)).isNull();
    assertThat(faultOf(policy, "b.example", loopback)).isNull();
    assertThat(faultOf(policy, "c.example", InetAddress.getByName("10.0.0.1"))).isNull();
    assertThat(faultOf(policy, "c.example", loopback)).isEqualTo(RedirectFault.ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "*",
        "*.example",
        "a b",
        "-a.example",
        "http://a.example",
        "a.example:443",
        "127.1",
        "0x7f.1",
        "0177.0.0.1",
        "2130706433",
        "10.0.0.1/8",
        "[10.0.0.0",
        "a..example",
        "a.example..",
        "a\u0000b",
        "a.example/8",
      })
  void refusesAnythingButHostsAndRanges(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressPolicy.PUBLIC.allowing(text));
  }

  private static @org.jspecify.annotations.Nullable RedirectFault faultOf(
      AddressPolicy policy, String host, InetAddress... addresses) {
    try {
      policy.requireAllowed(host, new ArrayList<>(List.of(addresses)));
      return null;
    } catch (RedirectException e) {
      return e.fault();
    }
  }

  private static InetAddress mapped(String ipv4) throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(InetAddress.getByName(ipv4).getAddress(), 0, bytes, 12, 4);
    return Inet6Address.getByAddress(null, bytes, -1);
  }
}
