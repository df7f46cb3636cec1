// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.command.CommandDataReceiver;
import org.hgwire.server.command.CommandException;
import org.jspecify.annotations.Nullable;

/**
 * Passes the data of one request to the command. When the command fails, the rest of the data is
 * ignored, and the failure becomes the response.
 */
final class DataIntake implements PendingResponse {
  /** Opens the receiver of the data. */
  @FunctionalInterface
  interface Opening {
    /** Starts the command. */
    CommandDataReceiver open() throws IOException;
  }

  private final String command;
  private final long maxBytes;
  private @Nullable CommandDataReceiver receiver;
  private @Nullable IOException failure;
  private @Nullable RuntimeException refusal;

  /**
   * Opens the receiver.
   *
   * @param command the name of the command, for the log
   * @param maxBytes how many bytes of data the request may have
   */
  DataIntake(String command, long maxBytes, Opening opening) {
    this.command = command;
    this.maxBytes = maxBytes;
    try {
      receiver = opening.open();
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      refusal = e;
    }
  }

  /** Returns how many bytes of data the request may have. */
  long maxBytes() {
    return maxBytes;
  }

  /** Passes on a piece of the data. */
  void receive(ByteBuffer data) {
    CommandDataReceiver target = receiver;
    if (target == null) {
      return;
    }
    try {
      target.receive(data);
    } catch (IOException e) {
      failure = e;
      abandon();
    } catch (RuntimeException e) {
      refusal = e;
      abandon();
    }
  }

  @Override
  public ResponseOrigin open() throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    if (failure != null) {
      throw failure;
    }
    CommandDataReceiver target = receiver;
    if (target == null) {
      throw new CommandException("the data of the command was abandoned");
    }
    receiver = null;
    return new ResponseOrigin.Inline(new ObjectEncoder(command, target.finish()));
  }

  @Override
  public void abandon() {
    CommandDataReceiver target = receiver;
    receiver = null;
    if (target != null) {
      target.abandon();
    }
  }
}
