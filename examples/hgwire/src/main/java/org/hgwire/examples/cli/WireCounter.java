// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.ExchangeListener;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;

/** Counts what goes over the wire. */
final class WireCounter implements ExchangeListener {
  private final AtomicLong commands = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

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
