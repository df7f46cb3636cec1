// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

/**
 * What is wrong, or unusual, in a response.
 *
 * @param command the command whose response it alters, or {@link #HANDSHAKE}
 * @param text the alteration in the notation
 * @param stage when it is applied
 * @param change what it does
 */
public record Alteration(String command, String text, Stage stage, Change change) {
  /** Stands for a command: the request with which a client upgrades to version 2. */
  public static final String HANDSHAKE = "handshake";

  /** When an alteration is applied. */
  public enum Stage {
    /** To the objects, before there are frames. */
    OBJECTS,
    /** To the frames. */
    FRAMES,
    /** To the HTTP response, whose body the frames, or the object of the handshake, are. */
    HTTP
  }

  /** Changes a response. */
  @FunctionalInterface
  interface Change {
    void apply(ResponseDraft draft);
  }
}
