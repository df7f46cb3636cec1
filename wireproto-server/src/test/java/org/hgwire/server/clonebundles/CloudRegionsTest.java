// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.hgwire.redirects.Cidr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudRegionsTest {
  private static InputStream json(String text) {
    return new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String find(AddressRegions regions, String address) throws IOException {
    return regions.find(InetAddress.getByName(address));
  }

  @Test
  void readsRangesOfAmazonsMachines() throws IOException {
    AddressRegions regions =
        CloudRegions.amazon(
            json(
                """
                {'syncToken': '1', 'createDate': '2024-01-01-00-00-00', 'prefixes': [
                 {'ip_prefix': '192.0.2.0/24', 'region': 'us-west-2', 'service': 'AMAZON',
                  'network_border_group': 'us-west-2'},
                 {'ip_prefix': '192.0.2.0/25', 'region': 'us-west-2', 'service': 'EC2',
                  'network_border_group': 'us-west-2'},
                 {'ip_prefix': '203.0.113.0/24', 'region': 'GLOBAL', 'service': 'EC2',
                  'network_border_group': 'GLOBAL'}],
                 'ipv6_prefixes': [{'ipv6_prefix': '2001:db8:1::/48', 'region': 'eu-west-1',
                  'service': 'EC2', 'network_border_group': 'eu-west-1'}]}
                """));

    assertThat(regions.size()).isEqualTo(2);
    assertThat(find(regions, "192.0.2.127")).isEqualTo("us-west-2");
    assertThat(find(regions, "192.0.2.128")).isNull();
    assertThat(find(regions, "203.0.113.1")).isNull();
    assertThat(find(regions, "2001:db8:1:ffff::1")).isEqualTo("eu-west-1");
    assertThat(find(regions, "2001:db8:2::1")).isNull();
  }

  @Test
  void readsRangesOfGoogle() throws IOException {
    AddressRegions regions =
        CloudRegions.google(
            json(
                """
                {'syncToken': '1', 'creationTime': '2024-01-01T00:00:00', 'prefixes': [
                 {'ipv4Prefix': '192.0.2.0/24', 'service': 'Google Cloud', 'scope': 'us-west1'},
                 {'ipv6Prefix': '2001:db8::/44', 'service': 'Google Cloud',
                  'scope': 'africa-south1'},
                 {'ipv4Prefix': '203.0.113.0/24', 'service': 'Google Cloud', 'scope': 'global'}]}
                """));

    assertThat(regions.size()).isEqualTo(2);
    assertThat(find(regions, "192.0.2.9")).isEqualTo("us-west1");
    assertThat(find(regions, "2001:db8:f::")).isEqualTo("africa-south1");
    assertThat(find(regions, "2001:db8:10::")).isNull();
  }

  @Test
  void readsAzureRegionsWithoutServices() throws IOException {
    AddressRegions regions =
        CloudRegions.azure(
            json(
                """
                {'changeNumber': 1, 'cloud': 'Public', 'values': [
                 {'name': 'AzureCloud.westus', 'id': 'AzureCloud.westus', 'properties': {
                  'region': 'westus', 'platform': 'Azure', 'systemService': '',
                  'addressPrefixes': ['192.0.2.0/24', '2001:db8::/32']}},
                 {'name': 'AzureCloud', 'id': 'AzureCloud', 'properties': {
                  'region': '', 'systemService': '', 'addressPrefixes': ['0.0.0.0/1']}},
                 {'name': 'Storage.eastus', 'id': 'Storage.eastus', 'properties': {
                  'region': 'eastus', 'systemService': 'AzureStorage',
                  'addressPrefixes': ['192.0.2.0/28']}}]}
                """));

    assertThat(regions.size()).isEqualTo(2);
    assertThat(find(regions, "192.0.2.1")).isEqualTo("westus");
    assertThat(find(regions, "2001:db8::1")).isEqualTo("westus");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'prefixes': 1}",
        "{'prefixes': [1]}",
        "{'prefixes': [{}]}",
        "not json",
        "{'prefixes': [{'ip_prefix': '1.2.3.4/99', 'region': 'a', 'service': 'EC2'}],"
            + " 'ipv6_prefixes': []}",
        "{'prefixes': [{'ip_prefix': 7, 'region': 'a', 'service': 'EC2'}], 'ipv6_prefixes': []}"
      })
  void refusesOtherFormats(String text) {
    assertThatThrownBy(() -> CloudRegions.amazon(json(text))).isInstanceOf(IOException.class);
  }

  @Test
  void theLongestPrefixCounts() throws IOException {
    AddressRegions regions =
        AddressRegions.builder()
            .add(Cidr.parse("0.0.0.0/0"), "all")
            .add(Cidr.parse("10.0.0.0/8"), "ten")
            .add(Cidr.parse("10.1.0.0/16"), "one")
            .add(Cidr.parse("10.1.1.1"), "host")
            .build();

    assertThat(find(regions, "11.0.0.0")).isEqualTo("all");
    assertThat(find(regions, "10.255.0.0")).isEqualTo("ten");
    assertThat(find(regions, "10.1.255.255")).isEqualTo("one");
    assertThat(find(regions, "10.1.1.1")).isEqualTo("host");
    assertThat(find(regions, "::")).isNull();
  }

  @Test
  void everyAddressIsFoundAsBySearchingAllRanges() throws IOException {
    Random random = new Random(7);
    AddressRegions.Builder builder = AddressRegions.builder();
    List<Cidr> ranges = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int length = 3 + random.nextInt(30);
      int bits = random.nextInt() & (int) (-1L << (32 - length));
      Cidr range = Cidr.of(address(bits), length);
      ranges.add(range);
      builder.add(range, range.toString());
    }
    AddressRegions regions = builder.build();
    int found = 0;
    for (int i = 0; i < 5000; i++) {
      InetAddress address = address(random.nextInt());
      String expected =
          ranges.stream()
              .filter(range -> range.contains(address))
              .max(Comparator.comparingInt(Cidr::prefixLength))
              .map(Cidr::toString)
              .orElse(null);
      found += expected == null ? 0 : 1;
      assertThat(regions.find(address)).isEqualTo(expected);
    }
    assertThat(found).isGreaterThan(1000);
  }

  private static InetAddress address(int bits) throws IOException {
    return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(bits).array());
  }
}
