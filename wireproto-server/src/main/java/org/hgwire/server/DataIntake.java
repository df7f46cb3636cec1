// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.server.command.CommandDataReceiver;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.jspecify.annotations.Nullable;

/**
 * The data of one command on its way to what takes it. When that fails, the rest of the data is
 * passed over, and the failure is the answer.
 */
final class DataIntake implements Answer {
  /** Opens what takes the data. */
  @FunctionalInterface
  interface Opening {
    /** Starts the command. */
    CommandDataReceiver open() throws IOException;
  }

  private final ByteString command;
  private final long most;
  private long received;
  private @Nullable CommandDataReceiver receiver;
  private @Nullable IOException failure;
  private @Nullable RuntimeException refusal;

  /** Opens the receiver of {@code command}, whose data may be {@code most} bytes. */
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

  /**
   * Takes a piece of the data.
   *
   * @throws WireProtocolException if the data is longer than the command takes
   */
  void receive(ByteBuffer data) {
    received += data.remaining();
    if (received > most) {
      throw WireProtocolException.connection(
          WireErrorCode.LIMIT,
          "the data of the command " + command + " is longer than " + most + " bytes");
    }
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
  public ObjectSource open() throws IOException {
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
    return target.finish();
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
