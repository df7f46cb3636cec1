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
 * Which of a server's targets a client offers to follow at the moment (wireprotocolrpc, Content
 * Redirects): those that it can really use, in the server's order, without those that failed a
 * while ago. One for each peer; safe for use by several threads.
 *
 * <p>A target can be used if its protocol is http or https, it has a URI of that protocol, the
 * client's TLS can do what it asks for, and, from an origin over https, if it is https too. Of
 * targets with one name the first counts, and of more than {@value #MAX_TARGETS} the first so many.
 */
public final class TargetOffers {
  /** How long a target that failed is not offered. */
  public static final Duration REST = Duration.ofMinutes(5);

  private static final int MAX_TARGETS = 64;

  private final Map<ByteString, UsableTarget> usable;
  private final List<ByteString> hashes;
  private final LongSupplier nanoTime;
  private final Map<ByteString, Long> failures = new ConcurrentHashMap<>();

  /**
   * Makes the offers.
   *
   * @param origin the address of the repository: over https no target over http is offered, for it
   *     would not be followed
   * @param advertised what the server says, or null: then nothing is ever offered
   * @param nanoTime a clock, as {@link System#nanoTime}
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
   * Returns the algorithms to name. A server that advertises none may give hashes of any or none,
   * so all are named; one that advertises others alone gives nothing that could be verified.
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
   * Returns what to send with a command, or null if there is nothing to offer. The hashes are those
   * known here that prove something, the most preferred first.
   */
  public @Nullable RedirectOffer offer() {
    return offerWithout(Set.of());
  }

  /**
   * Returns what {@link #offer} does without some targets: for a command that is sent again after
   * these failed, whether or not they are offered to others.
   *
   * @param without names of targets
   */
  public @Nullable RedirectOffer offerWithout(Set<ByteString> without) {
    List<ByteString> names = new ArrayList<>();
    for (ByteString name : usable.keySet()) {
      if (!without.contains(name) && !rests(name)) {
        names.add(name);
      }
    }
    return names.isEmpty() ? null : new RedirectOffer(names, hashes);
  }

  private boolean rests(ByteString name) {
    Long failed = failures.get(name);
    // The difference, not the values: the clock may wrap.
    return failed != null && nanoTime.getAsLong() - failed < REST.toNanos();
  }

  /**
   * Returns the target to which a URL belongs, among those named in {@code offer}: same scheme,
   * host and port as one of its URIs, and that path or one below it, segment by segment; or null,
   * also for a URL that {@link LocationPolicy} would refuse by itself.
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
      if (target != null && target.holds(url)) {
        return target.target();
      }
    }
    return null;
  }

  /** Notes that a target failed: it is not offered for {@link #REST}. Other names are ignored. */
  public void failed(ByteString target) {
    if (usable.containsKey(target)) {
      failures.put(target, nanoTime.getAsLong());
    }
  }
}
