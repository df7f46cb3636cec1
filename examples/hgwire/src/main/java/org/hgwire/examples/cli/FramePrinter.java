// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import org.hgwire.client.ExchangeListener;
import org.hgwire.core.WireLimits;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameNotation;

/** Prints the frames of an exchange as they are sent and received, and what encoded ones hold. */
final class FramePrinter implements ExchangeListener {
  private final PrintWriter out;
  private final FrameContents sent;
  private final FrameContents received;

  FramePrinter(PrintWriter out, WireLimits limits) {
    this.out = out;
    sent = new FrameContents(limits);
    received = new FrameContents(limits);
  }

  @Override
  public boolean wantsFrames() {
    return true;
  }

  @Override
  public void frameSent(Frame frame) {
    print('>', frame, sent);
  }

  @Override
  public void frameReceived(Frame frame) {
    print('<', frame, received);
  }

  private void print(char direction, Frame frame, FrameContents contents) {
    out.println(direction + " " + FrameNotation.print(frame));
    contents.print(frame, line -> out.println(direction + "   " + line));
  }
}
