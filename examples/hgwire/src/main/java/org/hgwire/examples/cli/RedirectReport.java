// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.RedirectEvent;

/**
 * Prints a line for each redirect: what came from where, or why it was not used.
 *
 * @param out where the lines go
 */
record RedirectReport(PrintWriter out) implements ExchangeListener {
  /** Returns a failure as one line. */
  static String print(RedirectEvent.Failed event) {
    return event.command()
        + " from "
        + event.url()
        + ": not used, "
        + event.fault().name().toLowerCase(Locale.ROOT).replace('_', '-')
        + ": "
        + event.message();
  }

  @Override
  public void redirectCompleted(RedirectEvent.Completed event) {
    out.printf(
        Locale.ROOT,
        "redirect: %s from %s: %d bytes, verified, %.2f s%n",
        event.command(),
        event.url(),
        event.bytes(),
        event.duration().toNanos() / 1e9);
    out.flush();
  }

  @Override
  public void redirectFailed(RedirectEvent.Failed event) {
    out.println("redirect: " + print(event) + (event.retried() ? " (retried)" : ""));
    out.flush();
  }
}
