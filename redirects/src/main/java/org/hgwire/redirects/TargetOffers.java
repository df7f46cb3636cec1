// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/**
 * Which of a server's targets a client offers to follow at the moment (wireprotocolrpc, Content
 * Redirects): those that it can really use, without those that failed a while ago. One for each
 * peer; safe for use by several threads.
 */
public final class TargetOffers {
  /** How long a target that failed is not offered. */
  public static final Duration REST = Duration.ofMinutes(5);

  /**
   * Makes the offers.
   *
   * @param advertised what the server says, or null: then nothing is ever offered
   * @param nanoTime a clock, as {@link System#nanoTime}
   */
  public TargetOffers(
      @Nullable RedirectCapabilities advertised,
      RedirectPolicy policy,
      TlsAbility tls,
      LongSupplier nanoTime) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns what to send with a command, or null if there is nothing to offer. The hashes are those
   * known here that prove something, the most preferred first.
   */
  public @Nullable RedirectOffer offer() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the target to which a URL belongs, among those named in {@code offer}: same scheme,
   * host and port as one of its URIs, and a path below it; or null.
   */
  public @Nullable RedirectTarget targetOf(URI url, RedirectOffer offer) {
    throw new UnsupportedOperationException();
  }

  /** Notes that a target failed: it is not offered for {@link #REST}. */
  public void failed(ByteString target) {
    throw new UnsupportedOperationException();
  }
}
