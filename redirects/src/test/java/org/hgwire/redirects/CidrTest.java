// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 10.0.0.1, false",
    "::/0, 2001:db8::1, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, true",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "::1, ::1, true",
    "::1, ::2, false",
    "255.255.255.255/32, 255.255.255.255, true",
  })
  void aRangeHoldsTheAddressesWithItsPrefix(String range, String address, boolean held)
      throws UnknownHostException {
    assertThat(Cidr.parse(range).contains(InetAddress.getByName(address))).isEqualTo(held);
  }

  @Test
  void ipv4RangeContainsMappedIpv6Addresses() throws UnknownHostException {
    byte[] mapped = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
    InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
    assertThat(address).isInstanceOf(Inet6Address.class);
    assertThat(Cidr.parse("10.0.0.0/8").contains(address)).isTrue();
    assertThat(Cidr.parse("11.0.0.0/8").contains(address)).isFalse();
    assertThat(Cidr.parse("::/0").contains(address)).isFalse();
  }

  @Test
  void aRangeOfMappedAddressesIsTheIpv4RangeItMaps() {
    assertThat(Cidr.parse("::ffff:10.0.0.0/104")).isEqualTo(Cidr.parse("10.0.0.0/8"));
    assertThat(Cidr.parse("::ffff:0:0/96")).isEqualTo(Cidr.parse("0.0.0.0/0"));
    assertThat(Cidr.parse("::ffff:10.0.0.1")).isEqualTo(Cidr.parse("10.0.0.1/32"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0.0/9999999999",
        "10.0.0.0 /8",
        "10.0.0.1/8",
        "10.0.0/8",
        "10/8",
        "10.0.0.256",
        "010.0.0.0/8",
        "0x0a.0.0.0/8",
        "167772160",
        "2001:db8::/129",
        "2001:db8::1/32",
        "fe80::1%eth0",
        "fe80::1%1/128",
        "[::1]",
        "[::1]/128",
        "1:2",
        ":::",
        "::ffff:0:0/95",
        "::1.2.3",
        "::ffff:010.0.0.0",
        "localhost",
        "localhost/32",
        "example.com",
        "1.2.3.4.5",
        "\uff11.2.3.4",
        "1.2.3.4/\uff18",
      })
  void malformedRangesAreRefusedAndNeverResolved(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
  }

  @Test
  void rangeIsParsedAsPrinted() {
    for (String range : new String[] {"10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32"}) {
      assertThat(Cidr.parse(range)).hasToString(range);
    }
    assertThat(Cidr.parse("2001:db8::/32")).hasToString("2001:db8:0:0:0:0:0:0/32");
  }

  @Property
  void rangeContainsExactlyTheAddressesWithItsPrefix(
      @ForAll @Size(16) byte[] network,
      @ForAll @Size(16) byte[] address,
      @ForAll @IntRange(max = 128) int prefix,
      @ForAll @IntRange(max = 128) int shared)
      throws UnknownHostException {
    // An address that has the first bits of the network, so that both outcomes occur.
    BigInteger first = truncated(new BigInteger(1, network), prefix).setBit(127);
    BigInteger low = BigInteger.ONE.shiftLeft(128 - shared).subtract(BigInteger.ONE);
    BigInteger other = first.andNot(low).or(new BigInteger(1, address).and(low));
    first = truncated(first, prefix);
    Cidr range = Cidr.of(address(first), prefix);
    assertThat(range.contains(address(other))).isEqualTo(truncated(other, prefix).equals(first));
    assertThat(range)
        .isEqualTo(Cidr.parse(range.toString()))
        .hasSameHashCodeAs(Cidr.parse(range.toString()));
  }

  private static BigInteger truncated(BigInteger bits, int prefix) {
    return bits.shiftRight(128 - prefix).shiftLeft(128 - prefix);
  }

  private static InetAddress address(BigInteger bits) throws UnknownHostException {
    byte[] bytes = new byte[16];
    for (int i = 0; i < 16; i++) {
      bytes[i] = bits.shiftRight(8 * (15 - i)).byteValue();
    }
    return Inet6Address.getByAddress(null, bytes, -1);
  }
}
