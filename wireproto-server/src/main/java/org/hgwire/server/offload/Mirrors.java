// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.ResponseCacher;
import org.hgwire.server.ResponseOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Spreads load over mirrors: any pull command may be redirected to one of them, whether its
 * responses are kept here or not. A mirror answers a GET of its location with the objects of the
 * response ({@code application/mercurial-cbor}). Only mirrors whose target the client offered to
 * follow are ever chosen. Safe for use by several threads.
 *
 * <p>Whoever does not know in advance what a mirror will send can give no hashes; clients that ask
 * for proof, as the one of this library does over http, do not follow such a location.
 */
public final class Mirrors implements ResponseCacher {
  private final List<Mirror> mirrors;
  private final Choice choice;

  private Mirrors(List<Mirror> mirrors, Choice choice) {
    this.mirrors = List.copyOf(mirrors);
    this.choice = choice;
  }

  /** One mirror. Called by several threads at once. */
  public interface Mirror {
    /** Returns the name of the redirect target to which its locations belong. */
    ByteString target();

    /**
     * Returns where the response to a call is on this mirror, or null if it is not there.
     *
     * @throws IOException if that cannot be found out
     */
    @Nullable ContentLocation locate(CacheableCall call) throws IOException;
  }

  /** Chooses among mirrors. Called by several threads at once. */
  @FunctionalInterface
  public interface Choice {
    /**
     * Returns the mirror that answers a call, or null for none.
     *
     * @param offered the mirrors that the client would follow a redirect to, in the host's order of
     *     preference; not empty
     * @throws IOException if that cannot be found out
     */
    @Nullable Mirror choose(CacheableCall call, List<Mirror> offered) throws IOException;

    /** Returns the choice of the most preferred mirror, always. */
    static Choice first() {
      return (call, offered) -> offered.get(0);
    }

    /** Returns the choice of one after the other. */
    static Choice inTurn() {
      AtomicLong calls = new AtomicLong();
      return (call, offered) ->
          offered.get((int) Math.floorMod(calls.getAndIncrement(), (long) offered.size()));
    }
  }

  /**
   * Returns a cacher that redirects to mirrors.
   *
   * @param mirrors all of them, the most preferred first
   * @param choice chooses for each call
   */
  public static Mirrors of(List<? extends Mirror> mirrors, Choice choice) {
    return new Mirrors(List.copyOf(mirrors), choice);
  }

  @Override
  public @Nullable ResponseOrigin originOf(CacheableCall call) throws IOException {
    List<Mirror> offered = mirrors.stream().filter(mirror -> call.offers(mirror.target())).toList();
    Mirror chosen = offered.isEmpty() ? null : choice.choose(call, offered);
    ContentLocation location = chosen == null ? null : chosen.locate(call);
    return chosen == null || location == null
        ? null
        : new ResponseOrigin.Redirected(chosen.target(), location);
  }
}
