// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of a server's targets a client offers to follow (wireprotocolrpc, Content
 * Redirects): those that it can use, in the server's order, without those that failed recently. One
 * per peer; safe for use by several threads.
 *
 * <p>A target can be used if its protocol is http or https, it has a URI of that protocol, the
 * client's TLS meets its requirements, and it is https if the repository is. Of several targets
 * with the same name the first one counts; targets after the first {@value #MAX_TARGETS} usable
 * ones are ignored.
 */
public final class TargetOffers {
  /** How long a failed target is not offered. */
  public static final Duration RETRY_DELAY = Duration.ofMinutes(5);

  /**
   * Not a WireLimit: more targets are no fault, and the capabilities that hold them are bounded.
   */
  private static final int MAX_TARGETS = 64;

  private final Map<ByteString, UsableTarget> usable;
  private final List<ByteString> hashes;
  private final LongSupplier nanoTime;
  private final Map<ByteString, Long> failures = new ConcurrentHashMap<>();

  /**
   * Makes the offers for one peer.
   *
   * @param origin the address of the repository: if it is https, no target over http is offered,
   *     because it would not be followed
   * @param advertised what the server advertises; null if nothing, then nothing is ever offered
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  public TargetOffers(
      URI origin,
      @Nullable RedirectCapabilities advertised,
      RedirectPolicy policy,
      TlsCapabilities tls,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    if (advertised == null || !policy.follow()) {
      hashes = List.of();
      usable = Map.of();
      return;
    }
    hashes = hashes(advertised.hashes(), policy);
    usable =
        hashes.isEmpty()
            ? Map.of()
            : UsableTarget.select(advertised.targets(), Origin.of(origin), tls, MAX_TARGETS);
  }

  /**
   * Returns the algorithms to offer. A server that advertises none may send hashes by any algorithm
   * or none, so all are offered; one that advertises only unknown ones sends nothing that could be
   * verified.
   */
  private static List<ByteString> hashes(List<ByteString> advertised, RedirectPolicy policy) {
    List<ByteString> names = new ArrayList<>();
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if ((algorithm.isCollisionResistant() || policy.allowSha1())
          && (advertised.isEmpty() || advertised.contains(algorithm.wireName()))) {
        names.add(algorithm.wireName());
      }
    }
    return List.copyOf(names);
  }

  /**
   * Returns the offer to send with a command, or null if there is nothing to offer. Its hashes are
   * the accepted ones, the most preferred first.
   */
  public @Nullable RedirectOffer offer() {
    return offerWithout(Set.of());
  }

  /**
   * Returns what {@link #offer} does, without some targets: for a command that is sent again after
   * these failed, whether or not other commands still offer them.
   *
   * @param without names of the targets to leave out
   */
  public @Nullable RedirectOffer offerWithout(Set<ByteString> without) {
    List<ByteString> names = new ArrayList<>();
    for (ByteString name : usable.keySet()) {
      if (!without.contains(name) && !failedRecently(name)) {
        names.add(name);
      }
    }
    return names.isEmpty() ? null : new RedirectOffer(names, hashes);
  }

  private boolean failedRecently(ByteString name) {
    Long failed = failures.get(name);
    // Compares the difference: the clock may wrap.
    return failed != null && nanoTime.getAsLong() - failed < RETRY_DELAY.toNanos();
  }

  /**
   * Returns the target among those in {@code offer} that a URL belongs to: it has the origin of one
   * of the target's URIs, and the same path or one below it, compared by segments. Returns null if
   * there is none, or if {@link LocationPolicy} would refuse the URL anyway.
   */
  public @Nullable RedirectTarget targetOf(URI url, RedirectOffer offer) {
    try {
      return targetOf(ContentUrl.parse(url.toString()), offer);
    } catch (RedirectException e) {
      return null;
    }
  }

  @Nullable RedirectTarget targetOf(ContentUrl url, RedirectOffer offer) {
    for (ByteString name : offer.targets()) {
      UsableTarget target = usable.get(name);
      if (target != null && target.contains(url)) {
        return target.target();
      }
    }
    return null;
  }

  /**
   * Notes that a target failed: it is not offered for {@link #RETRY_DELAY}. Unknown names are
   * ignored.
   */
  public void failed(ByteString target) {
    if (usable.containsKey(target)) {
      failures.put(target, nanoTime.getAsLong());
    }
  }
}
