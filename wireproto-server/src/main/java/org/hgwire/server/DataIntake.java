// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.server.command.CommandDataReceiver;
import org.hgwire.server.command.CommandException;
import org.jspecify.annotations.Nullable;

/**
 * The data of one command on its way to what takes it. When that fails, the rest of the data is
 * passed over, and the failure is the answer.
 */
final class DataIntake implements PendingResponse {
  /** Opens what takes the data. */
  @FunctionalInterface
  interface Opening {
    /** Starts the command. */
    CommandDataReceiver open() throws IOException;
  }

  private final ByteString command;
  private final long most;
  private @Nullable CommandDataReceiver receiver;
  private @Nullable IOException failure;
  private @Nullable RuntimeException refusal;

  /** Opens what takes the data of {@code command}, of which there may be {@code most} bytes. */
  DataIntake(ByteString command, long most, Opening opening) {
    this.command = command;
    this.most = most;
    try {
      receiver = opening.open();
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      refusal = e;
    }
  }

  /** Returns how many bytes the data may be. */
  long most() {
    return most;
  }

  /** Takes a piece of the data. */
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
      throw new CommandException("the data of the command was given up");
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
