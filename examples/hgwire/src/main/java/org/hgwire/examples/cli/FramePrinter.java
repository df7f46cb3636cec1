// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import org.hgwire.client.ExchangeListener;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameNotation;

/** Prints the frames of an exchange as they are sent and received. */
final class FramePrinter implements ExchangeListener {
  private final PrintWriter out;

  FramePrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public boolean wantsFrames() {
    return true;
  }

  @Override
  public void frameSent(Frame frame) {
    out.println("> " + FrameNotation.print(frame));
  }

  @Override
  public void frameReceived(Frame frame) {
    out.println("< " + FrameNotation.print(frame));
  }
}
