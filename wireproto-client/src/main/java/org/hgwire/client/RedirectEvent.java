// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a redirected response. URLs are printable and without their query, which may hold
 * what opens the content to anybody.
 */
public sealed interface RedirectEvent {
  /** Returns the name of the command whose response is elsewhere. */
  String command();

  /** Returns where it is. */
  String url();

  /**
   * A server said that a response is elsewhere.
   *
   * @param command the name of the command
   * @param url where it is
   * @param target the name of the target it belongs to, or null if it belongs to none
   */
  record Received(String command, String url, @Nullable String target) implements RedirectEvent {}

  /**
   * All of a content was received, verified and read.
   *
   * @param command the name of the command
   * @param url where it was
   * @param bytes how long it is
   * @param duration from the redirect to the end
   */
  record Completed(String command, String url, long bytes, Duration duration)
      implements RedirectEvent {}

  /**
   * A content was not used.
   *
   * @param command the name of the command
   * @param url where it was said to be
   * @param fault why
   * @param message why, for people: one sentence without control characters
   * @param another whether the command is sent again
   */
  record Failed(String command, String url, RedirectFault fault, String message, boolean another)
      implements RedirectEvent {}
}
