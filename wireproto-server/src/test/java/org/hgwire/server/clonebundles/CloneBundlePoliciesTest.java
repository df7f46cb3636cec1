// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.Cidr;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CloneBundlePoliciesTest {
  private static final CloneBundleManifest MANIFEST =
      CloneBundleManifest.parse(
          ByteString.utf8(
              """
              https://origin/all BUNDLESPEC=gzip-v2
              https://east/b ec2region=us-east-1
              https://west/c ec2region=us-west-2
              https://cdn/d cdn=true
              http://cdn/e cdn=true
              http://10.1.2.3/f internal=true
              https://west/g ec2region=us-west-2 BUNDLESPEC=zstd-v2
              """));
  private static final AddressRegions REGIONS =
      AddressRegions.builder()
          .add(Cidr.parse("192.0.2.0/24"), "us-east-1")
          .add(Cidr.parse("192.0.2.128/25"), "us-west-2")
          .add(Cidr.parse("2001:db8::/32"), "eu-west-1")
          .build();

  private static Caller at(@Nullable SocketAddress address) {
    return Caller.of(ClientConnection.plain(address), "", "");
  }

  private static String shown(CloneBundlePolicy policy, Caller caller) throws IOException {
    CloneBundleManifest manifest =
        policy
            .over(CloneBundleSource.fixed(MANIFEST))
            .manifest(caller, MemoryRepository.publishing());
    StringBuilder letters = new StringBuilder();
    for (CloneBundleEntry entry : Objects.requireNonNull(manifest).entries()) {
      letters.append(entry.url().charAt(entry.url().lastIndexOf('/') + 1));
    }
    return letters.toString();
  }

  private static String shown(CloneBundlePolicy policy, String address) throws IOException {
    return shown(policy, at(new InetSocketAddress(address, 1)));
  }

  @Test
  void bundlesInTheClientsRegionComeFirst() throws IOException {
    CloneBundlePolicy policy = CloneBundlePolicies.regionFirst("ec2region", REGIONS);

    assertThat(shown(policy, "192.0.2.1")).isEqualTo("bacdefg");
    assertThat(shown(policy, "192.0.2.200")).isEqualTo("cgabdef");
    assertThat(shown(policy, "2001:db8::1")).isEqualTo("abcdefg");
    assertThat(shown(policy, "198.51.100.1")).isEqualTo("abcdefg");
  }

  @Test
  void regionOnlyHidesBundlesOfOtherRegions() throws IOException {
    CloneBundlePolicy policy = CloneBundlePolicies.regionOnly("ec2region", REGIONS);

    assertThat(shown(policy, "192.0.2.1")).isEqualTo("badef");
    assertThat(shown(policy, "192.0.2.200")).isEqualTo("cgadef");
    assertThat(shown(policy, "2001:db8::1")).isEqualTo("adef");
    assertThat(shown(policy, "198.51.100.1")).isEqualTo("adef");
  }

  @Test
  void clientWithoutAddressIsInNoRegionAndNoNetwork() throws IOException {
    CloneBundlePolicy policy =
        CloneBundlePolicies.regionOnly("ec2region", REGIONS)
            .andThen(
                CloneBundlePolicies.privateNetworkFirst("internal", List.of(Cidr.parse("::/0"))));

    for (Caller caller :
        List.of(
            at(null),
            at(UnixDomainSocketAddress.of("/s")),
            at(InetSocketAddress.createUnresolved("localhost", 1)))) {
      assertThat(shown(policy, caller)).isEqualTo("ade");
    }
  }

  @Test
  void cdnComesFirstAndRequiresSniOverHttps() throws IOException {
    CloneBundlePolicy policy = CloneBundlePolicies.cdnFirstWithSni("cdn");

    assertThat(shown(policy, "192.0.2.1")).isEqualTo("deabcfg");
    List<CloneBundleEntry> entries = policy.apply(at(null), MANIFEST.entries());
    assertThat(entries.get(0).attributes())
        .containsExactlyInAnyOrderEntriesOf(Map.of("cdn", "true", "REQUIRESNI", "true"));
    assertThat(entries.get(1).attributes()).doesNotContainKey("REQUIRESNI");
    assertThat(entries.get(2)).isEqualTo(MANIFEST.entries().get(0));
  }

  @Test
  void privateBundlesComeFirstInsideTheNetworkAndAreHiddenOutside() throws IOException {
    CloneBundlePolicy policy =
        CloneBundlePolicies.privateNetworkFirst("internal", CloneBundlePolicies.PRIVATE_NETWORKS);

    for (String inside : List.of("10.9.8.7", "172.31.0.1", "192.168.1.1", "fd00::1")) {
      assertThat(shown(policy, inside)).isEqualTo("fabcdeg");
    }
    for (String outside : List.of("172.32.0.1", "11.0.0.1", "2001:db8::1", "127.0.0.1")) {
      assertThat(shown(policy, outside)).isEqualTo("abcdeg");
    }
  }

  @Test
  void lastOfSeveralPoliciesHasPriority() throws IOException {
    CloneBundlePolicy policy =
        CloneBundlePolicies.cdnFirstWithSni("cdn")
            .andThen(CloneBundlePolicies.regionFirst("ec2region", REGIONS));

    assertThat(shown(policy, "192.0.2.200")).isEqualTo("cgdeabf");
  }

  @Test
  void withoutAManifestThereIsNothingToDecide() throws IOException {
    assertThat(
            CloneBundlePolicies.cdnFirstWithSni("cdn")
                .over(CloneBundleSource.NONE)
                .manifest(at(null), MemoryRepository.publishing()))
        .isNull();
  }
}
