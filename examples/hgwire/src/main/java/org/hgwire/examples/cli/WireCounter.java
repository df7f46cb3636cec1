// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.ExchangeListener;
import org.hgwire.core.frame.Frame;

/** Counts what goes over the wire. */
final class WireCounter implements ExchangeListener {
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  /** Returns the number of HTTP requests. */
  long requests() {
    return requests.get();
  }

  /** Returns the number of frames, both ways. */
  long frames() {
    return frames.get();
  }

  /** Returns the bytes of request bodies. */
  long sent() {
    return sent.get();
  }

  /** Returns the bytes of response bodies. */
  long received() {
    return received.get();
  }

  @Override
  public boolean wantsFrames() {
    return true;
  }

  @Override
  public void requestStarted(String method, URI url) {
    requests.incrementAndGet();
  }

  @Override
  public void frameSent(Frame frame) {
    frames.incrementAndGet();
  }

  @Override
  public void frameReceived(Frame frame) {
    frames.incrementAndGet();
  }

  @Override
  public void bytesSent(long count) {
    sent.addAndGet(count);
  }

  @Override
  public void bytesReceived(long count) {
    received.addAndGet(count);
  }
}
