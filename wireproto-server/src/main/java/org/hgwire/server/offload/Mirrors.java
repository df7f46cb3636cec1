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
 * Spreads load over mirrors: any pull command may be redirected to one, whether its responses are
 * kept here or not. A mirror responds to a GET of its location with the objects of the response
 * ({@code application/mercurial-cbor}). Only mirrors whose target the client offered are chosen.
 * Safe for use by several threads.
 *
 * <p>A host that does not know in advance what a mirror will send cannot give hashes; clients that
 * require them, such as the one of this library over http, do not follow such a location.
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
    /** Returns the name of the redirect target that its locations belong to. */
    ByteString target();

    /**
     * Returns the location of the response to a call on this mirror, or null if the mirror does not
     * have it.
     *
     * @throws IOException if the mirror cannot be asked
     */
    @Nullable ContentLocation locate(CacheableCall call) throws IOException;
  }

  /** Chooses among mirrors. Called by several threads at once. */
  @FunctionalInterface
  public interface Choice {
    /**
     * Returns the mirror to redirect a call to, or null for none.
     *
     * @param offered the mirrors whose targets the client offered, in the host's order of
     *     preference; not empty
     * @throws IOException if the mirror cannot be asked
     */
    @Nullable Mirror choose(CacheableCall call, List<Mirror> offered) throws IOException;

    /** Always chooses the most preferred mirror. */
    static Choice first() {
      return (call, offered) -> offered.get(0);
    }

    /** Chooses the mirrors in turn. */
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
   * @param choice chooses a mirror per call
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
