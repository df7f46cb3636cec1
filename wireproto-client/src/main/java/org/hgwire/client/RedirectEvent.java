// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a redirected response. URLs are printable and without their query, which may be a
 * secret that grants access.
 */
public sealed interface RedirectEvent {
  /** Returns the name of the command whose response was redirected. */
  String command();

  /** Returns the URL of the content. */
  String url();

  /**
   * A server redirected a response.
   *
   * @param command the name of the command
   * @param url the URL of the content
   * @param target the name of the target it belongs to, or null if it belongs to none
   */
  record Received(String command, String url, @Nullable String target) implements RedirectEvent {}

  /**
   * The content was received, verified and read to its end.
   *
   * @param command the name of the command
   * @param url the URL of the content
   * @param bytes its length in bytes
   * @param duration the time from the redirect to the end
   */
  record Completed(String command, String url, long bytes, Duration duration)
      implements RedirectEvent {}

  /**
   * * The content could not be used.
   *
   * @param command the name of the command
   * @param url the URL of the content
   * @param fault the reason
   * @param message the reason for people: one sentence without control characters
   * @param retried whether the command is sent again
   */
  record Failed(String command, String url, RedirectFault fault, String message, boolean retried)
      implements RedirectEvent {}
}
