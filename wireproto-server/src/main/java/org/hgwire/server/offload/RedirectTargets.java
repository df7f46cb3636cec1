// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.Cidr;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.RedirectAdvertiser;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Advertises redirect targets: the same to all clients, or different ones to clients whose
 * addresses are in certain ranges. Immutable; safe for use by several threads.
 *
 * <p>The address is that of the connection, or the one that a trusted proxy names ({@link
 * org.hgwire.server.ServerOptions#trustedProxies}). It is for sending clients to a content host
 * nearby, not for access control.
 */
public final class RedirectTargets implements RedirectAdvertiser {
  private static final List<ByteString> HASHES =
      List.of(HashAlgorithm.SHA256.wireName(), HashAlgorithm.SHA1.wireName());

  private final List<Region> regions;
  private final @Nullable RedirectCapabilities otherwise;

  private RedirectTargets(List<Region> regions, @Nullable RedirectCapabilities otherwise) {
    this.regions = List.copyOf(regions);
    this.otherwise = otherwise;
  }

  /** The {@code targets} for clients with an address in {@code ranges}. */
  private record Region(List<Cidr> ranges, @Nullable RedirectCapabilities targets) {
    boolean contains(InetAddress address) {
      return ranges.stream().anyMatch(range -> range.contains(address));
    }
  }

  /**
   * Returns the same targets for all clients, the most preferred first, with the hashes of {@link
   * ContentOffload}.
   */
  public static RedirectTargets of(List<RedirectTarget> targets) {
    return new RedirectTargets(List.of(), capabilities(targets));
  }

  /**
   * Returns these targets, with others for clients whose address is in one of {@code ranges}. If
   * several regions contain an address, the one that was added first counts.
   *
   * @param targets the most preferred first; empty to advertise no redirects to these clients
   */
  public RedirectTargets in(List<Cidr> ranges, List<RedirectTarget> targets) {
    List<Region> more = new ArrayList<>(regions);
    more.add(new Region(List.copyOf(ranges), capabilities(targets)));
    return new RedirectTargets(more, otherwise);
  }

  private static @Nullable RedirectCapabilities capabilities(List<RedirectTarget> targets) {
    return targets.isEmpty() ? null : new RedirectCapabilities(targets, HASHES);
  }

  @Override
  public @Nullable RedirectCapabilities advertise(Caller caller, Repository repository) {
    InetAddress address =
        caller.connection().address() instanceof InetSocketAddress socket
            ? socket.getAddress()
            : null;
    if (address != null) {
      for (Region region : regions) {
        if (region.contains(address)) {
          return region.targets();
        }
      }
    }
    return otherwise;
  }
}
