// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import org.hgwire.conformance.scripted.Alteration.Change;
import org.hgwire.conformance.scripted.Alteration.Stage;

/**
 * The notation of alterations: a command, {@code handshake}, or {@code content} (to which a client
 * was redirected), and what happens to its response. Objects and frames are counted from 0, with
 * negative numbers from the end; object 0 is the status, or all of the handshake.
 *
 * <ul>
 *   <li>objects: {@code encoding NAME}, {@code pieces N} (bytes of objects a frame), {@code last}
 *       (behind the responses to all other commands of the request), {@code drop N}, {@code twice
 *       N}, {@code swap N M}, {@code flip N} (the last byte of an object), {@code insert N
 *       LITERAL}, {@code object N LITERAL}, {@code put N KEY LITERAL} (an entry of a map; keys of
 *       maps in maps are joined by colons), {@code remove N KEY}, {@code again N KEY} (an entry of
 *       a map once more), {@code loose N} (a map or byte string of indefinite length), {@code nodes
 *       N COUNT} (a list of nodes that do not exist), {@code zeros N MEBIBYTES} (a byte string of
 *       zeros, the last of the alterations of objects), {@code only N} (the first N objects). A
 *       literal is {@code cbor:} and a Python literal, or bytes with escapes
 *   <li>redirects: {@code target [LITERAL]} (the handshake advertises a target, ours without a
 *       literal), {@code redirect [HASH,…]} (the objects are at our target, and their location has
 *       these hashes; without any, sha256), {@code redirect-unasked} (also to clients that offer to
 *       follow nothing); then {@code resized N} (the size is greater by N), {@code wrong-hash
 *       NAME}, {@code short-hash NAME} (the first half of it), {@code seeded TEXT} (the hashes have
 *       this seed), {@code moved} (the URL belongs to no target, and has the same content)
 *   <li>frames: {@code before N FRAME}, {@code after N FRAME}, {@code frame N FRAME}, {@code
 *       frame-dropped N}. In a frame <code>{id}</code> stands for the request, <code>{other}</code>
 *       for one that was not made, <code>{stream}</code> for the stream, <code>{payload}</code> for
 *       the payload of frame N
 *   <li>HTTP: {@code status N}, {@code header NAME: VALUE}, {@code body HEX}, {@code cut N} (the
 *       last bytes, against the length that is sent), {@code without N} (the last bytes), {@code
 *       append HEX}, {@code flipped N} (a byte of the body), {@code endless N} (the last N bytes
 *       again and again), {@code chunks N}, {@code closes}
 * </ul>
 */
public final class AlterationNotation {
  private AlterationNotation() {}

  /**
   * Reads an alteration.
   *
   * @param text the command, the name of the alteration and its operands
   * @throws IllegalArgumentException if it is not in the notation
   */
  public static Alteration parse(String text) {
    String[] words = text.split(" ", 3);
    if (words.length < 2) {
      throw new IllegalArgumentException("an alteration is a command and what happens to it");
    }
    String operands = words.length < 3 ? "" : words[2];
    Change change = ObjectAlterations.parse(words[1], operands);
    if (change != null) {
      return new Alteration(words[0], text, Stage.OBJECTS, change);
    }
    change = RedirectAlterations.parse(words[1], operands);
    if (change != null) {
      return new Alteration(words[0], text, Stage.OBJECTS, change);
    }
    change = FrameAlterations.parse(words[1], operands);
    if (change != null) {
      return new Alteration(words[0], text, Stage.FRAMES, change);
    }
    return new Alteration(words[0], text, Stage.HTTP, HttpAlterations.parse(words[1], operands));
  }

  /** Returns the position that a number stands for in a list that accepts positions below limit. */
  static int position(String number, int limit) {
    int at = Integer.parseInt(number);
    int position = at < 0 ? limit + at : at;
    if (position < 0 || position >= limit) {
      throw new IllegalArgumentException("there is no position " + number + " among " + limit);
    }
    return position;
  }
}
