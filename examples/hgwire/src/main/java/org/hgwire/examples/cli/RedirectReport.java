// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.PeerException;
import org.hgwire.client.RedirectEvent;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.message.ProgressUpdate;

/**
 * Prints a line for each redirect: what came from where, or why it was not used.
 *
 * @param inner gets every event as well
 * @param out where the lines go
 */
record RedirectReport(ExchangeListener inner, PrintWriter out) implements ExchangeListener {
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
    inner.redirectCompleted(event);
  }

  @Override
  public void redirectFailed(RedirectEvent.Failed event) {
    out.println("redirect: " + print(event) + (event.another() ? " (retried)" : ""));
    out.flush();
    inner.redirectFailed(event);
  }

  @Override
  public void redirectReceived(RedirectEvent.Received event) {
    inner.redirectReceived(event);
  }

  @Override
  public void contentBytesReceived(long count) {
    inner.contentBytesReceived(count);
  }

  @Override
  public void requestStarted(String method, URI url) {
    inner.requestStarted(method, url);
  }

  @Override
  public void responseStarted(int status) {
    inner.responseStarted(status);
  }

  @Override
  public boolean wantsFrames() {
    return inner.wantsFrames();
  }

  @Override
  public void frameSent(Frame frame) {
    inner.frameSent(frame);
  }

  @Override
  public void frameReceived(Frame frame) {
    inner.frameReceived(frame);
  }

  @Override
  public void bytesSent(long count) {
    inner.bytesSent(count);
  }

  @Override
  public void bytesReceived(long count) {
    inner.bytesReceived(count);
  }

  @Override
  public void textReceived(String text) {
    inner.textReceived(text);
  }

  @Override
  public void progressReceived(ProgressUpdate update) {
    inner.progressReceived(update);
  }

  @Override
  public void attemptFailed(PeerException failure, Duration pause) {
    inner.attemptFailed(failure, pause);
  }
}
