// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.time.Duration;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.message.ProgressUpdate;

/** Two listeners, called one after the other. */
record ExchangeListenerPair(ExchangeListener first, ExchangeListener second)
    implements ExchangeListener {
  @Override
  public void requestStarted(String method, URI url) {
    first.requestStarted(method, url);
    second.requestStarted(method, url);
  }

  @Override
  public void responseStarted(int status) {
    first.responseStarted(status);
    second.responseStarted(status);
  }

  @Override
  public boolean wantsFrames() {
    return first.wantsFrames() || second.wantsFrames();
  }

  @Override
  public void frameSent(Frame frame) {
    if (first.wantsFrames()) {
      first.frameSent(frame);
    }
    if (second.wantsFrames()) {
      second.frameSent(frame);
    }
  }

  @Override
  public void frameReceived(Frame frame) {
    if (first.wantsFrames()) {
      first.frameReceived(frame);
    }
    if (second.wantsFrames()) {
      second.frameReceived(frame);
    }
  }

  @Override
  public void bytesSent(long count) {
    first.bytesSent(count);
    second.bytesSent(count);
  }

  @Override
  public void bytesReceived(long count) {
    first.bytesReceived(count);
    second.bytesReceived(count);
  }

  @Override
  public void contentBytesReceived(long count) {
    first.contentBytesReceived(count);
    second.contentBytesReceived(count);
  }

  @Override
  public void redirectReceived(RedirectEvent.Received event) {
    first.redirectReceived(event);
    second.redirectReceived(event);
  }

  @Override
  public void redirectCompleted(RedirectEvent.Completed event) {
    first.redirectCompleted(event);
    second.redirectCompleted(event);
  }

  @Override
  public void redirectFailed(RedirectEvent.Failed event) {
    first.redirectFailed(event);
    second.redirectFailed(event);
  }

  @Override
  public void textReceived(String text) {
    first.textReceived(text);
    second.textReceived(text);
  }

  @Override
  public void progressReceived(ProgressUpdate update) {
    first.progressReceived(update);
    second.progressReceived(update);
  }

  @Override
  public void attemptFailed(PeerException failure, Duration pause) {
    first.attemptFailed(failure, pause);
    second.attemptFailed(failure, pause);
  }
}
