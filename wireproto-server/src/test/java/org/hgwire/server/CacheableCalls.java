// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.standard.Callers;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/** Calls as the cacher gets them, for tests. */
public final class CacheableCalls {
  private CacheableCalls() {}

  /** Returns a call whose arguments are checked. */
  public static CacheableCall of(
      CommandDefinition command,
      Repository repository,
      CborMap arguments,
      @Nullable RedirectOffer offer) {
    return of(command, repository, arguments, offer, null);
  }

  /** Returns a call whose response is sent with a content encoding. */
  public static CacheableCall of(
      CommandDefinition command,
      Repository repository,
      CborMap arguments,
      @Nullable RedirectOffer offer,
      @Nullable ContentEncoding encoding) {
    return new CacheableCall(
        command,
        new CommandCall(Callers.ANYBODY, repository, command.check(arguments)),
        offer,
        encoding);
  }

  /** Returns an offer to follow redirects to one target, with the hash sha256. */
  public static RedirectOffer offer(String target) {
    return new RedirectOffer(List.of(ByteString.utf8(target)), List.of(ByteString.utf8("sha256")));
  }
}
