// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

/** What is wrong, or unusual, in a response. Immutable. */
public final class Alteration {
  /** Stands for a command: the request with which a client upgrades to version 2. */
  public static final String HANDSHAKE = "handshake";

  /** Stands for a command: a request for the content that the client was redirected to. */
  public static final String CONTENT = "content";

  /** When an alteration is applied. */
  public enum Stage {
    /** To the objects, before there are frames. */
    OBJECTS,
    /** To the frames. */
    FRAMES,
    /** To the HTTP response, whose body the frames, or the object of the handshake, are. */
    HTTP
  }

  private final String command;
  private final String text;
  private final Stage stage;
  private final Change change;

  /**
   * Makes an alteration.
   *
   * @param command the command whose response it alters, {@link #HANDSHAKE} or {@link #CONTENT}
   * @param text the alteration in the notation
   * @param stage when it is applied
   * @param change what it does
   */
  Alteration(String command, String text, Stage stage, Change change) {
    this.command = command;
    this.text = text;
    this.stage = stage;
    this.change = change;
  }

  /** Returns the command whose response it alters, {@link #HANDSHAKE} or {@link #CONTENT}. */
  public String command() {
    return command;
  }

  /** Returns the alteration in the notation. */
  public String text() {
    return text;
  }

  /** Returns when it is applied. */
  public Stage stage() {
    return stage;
  }

  /** Alters a response. */
  void apply(ResponseDraft draft) {
    change.apply(draft);
  }

  /** Changes a response. */
  @FunctionalInterface
  interface Change {
    void apply(ResponseDraft draft);
  }
}
