// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.RedirectEvent;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;

/** Counts what goes over the wire, and what comes from content hosts. */
final class WireCounter implements ExchangeListener {
  private final AtomicLong commands = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong elsewhere = new AtomicLong();
  private final AtomicLong redirected = new AtomicLong();
  private final List<RedirectEvent.Failed> failures = new CopyOnWriteArrayList<>();

  /** Returns the number of commands. */
  long commands() {
    return commands.get();
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

  /** Returns the bytes that came from content hosts. */
  long elsewhere() {
    return elsewhere.get();
  }

  /** Returns the number of responses that came from content hosts, verified. */
  long redirected() {
    return redirected.get();
  }

  /** Returns the redirects that failed. */
  List<RedirectEvent.Failed> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void contentBytesReceived(long count) {
    elsewhere.addAndGet(count);
  }

  @Override
  public void redirectCompleted(RedirectEvent.Completed event) {
    redirected.incrementAndGet();
  }

  @Override
  public void redirectFailed(RedirectEvent.Failed event) {
    failures.add(event);
  }

  @Override
  public boolean wantsFrames() {
    return true;
  }

  @Override
  public void frameSent(Frame frame) {
    frames.incrementAndGet();
    if (frame.header().typeCode() == FrameType.COMMAND_REQUEST.code()
        && frame.header().hasFlag(FrameType.REQUEST_NEW)) {
      commands.incrementAndGet();
    }
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
