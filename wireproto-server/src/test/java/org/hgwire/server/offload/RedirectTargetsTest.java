// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.Cidr;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.command.standard.Callers;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

final class RedirectTargetsTest {
  private final MemoryRepository repository = MemoryRepository.publishing();

  private static RedirectTarget target(String name) {
    return RedirectTarget.of(name, URI.create("https://" + name + ".example/"));
  }

  private List<String> names(RedirectTargets targets, Caller caller) {
    return Optional.ofNullable(targets.advertise(caller, repository))
        .map(RedirectCapabilities::targets)
        .orElse(List.of())
        .stream()
        .map(target -> target.name().utf8())
        .toList();
  }

  private static Caller from(String address) throws UnknownHostException {
    return Caller.of(
        ClientConnection.plain(new InetSocketAddress(InetAddress.getByName(address), 1)), "", "");
  }

  @Test
  void allClientsGetTheSameTargetsInTheHostsOrder() {
    RedirectTargets targets = RedirectTargets.of(List.of(target("b"), target("a")));
    assertThat(names(targets, Callers.ANYBODY)).containsExactly("b", "a");
    RedirectCapabilities advertised = targets.advertise(Callers.ANYBODY, repository);
    assertThat(advertised).isNotNull();
    assertThat(advertised.hashes()).extracting(ByteString::utf8).containsExactly("sha256", "sha1");
    assertThat(RedirectTargets.of(List.of()).advertise(Callers.ANYBODY, repository)).isNull();
  }

  @Test
  void clientsInARegionGetItsTargets() throws UnknownHostException {
    RedirectTargets targets =
        RedirectTargets.of(List.of(target("world")))
            .in(
                List.of(Cidr.parse("198.51.100.0/24"), Cidr.parse("2001:db8::/32")),
                List.of(target("near"), target("world")))
            .in(List.of(Cidr.parse("198.51.0.0/16")), List.of());
    assertThat(names(targets, from("198.51.100.9"))).containsExactly("near", "world");
    assertThat(names(targets, from("2001:db8::1"))).containsExactly("near", "world");
    assertThat(names(targets, from("::ffff:198.51.100.9"))).containsExactly("near", "world");
    assertThat(names(targets, from("198.51.101.9"))).isEmpty();
    assertThat(names(targets, from("203.0.113.1"))).containsExactly("world");
    assertThat(names(targets, Callers.ANYBODY)).containsExactly("world");
  }
}
