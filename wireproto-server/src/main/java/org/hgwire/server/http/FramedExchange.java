// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.CommandExchange;
import org.jspecify.annotations.Nullable;

/**
 * An exchange of frames. Input that breaks the protocol leads to status 400 and a line of text if
 * the response has not begun, and to error frames after that; input for which there is no memory
 * now leads to status 503.
 */
final class FramedExchange implements HttpExchange {
  private final CommandExchange commands;
  private @Nullable ResponseHead head;
  private @Nullable FixedExchange refusal;

  FramedExchange(CommandExchange commands) {
    this.commands = commands;
  }

  @Override
  public boolean wantsInput() {
    return refusal == null && commands.wantsInput();
  }

  @Override
  public void receive(ByteBuffer data) {
    commands.receive(data);
    decide();
  }

  @Override
  public void endOfInput() {
    commands.endOfInput();
    decide();
  }

  private void decide() {
    if (head != null) {
      return;
    }
    WireProtocolException fault = commands.fault();
    if (commands.responding()) {
      head =
          new ResponseHead(
              200,
              HttpFields.of("Content-Type", HttpV2Api.FRAMING_MEDIA_TYPE)
                  .with("Cache-Control", "no-store"),
              OptionalLong.empty());
    } else if (fault != null) {
      String text = fault.getMessage() + "\n";
      FixedExchange fixed =
          fault.code() == WireErrorCode.OVERLOADED
              ? FixedExchange.overloaded(text)
              : FixedExchange.text(400, text);
      refusal = fixed;
      head = fixed.responseHead();
      commands.close();
    }
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    return head;
  }

  @Override
  public @Nullable ByteBuffer nextOutput() throws IOException {
    return refusal == null ? commands.nextOutput() : refusal.nextOutput();
  }

  @Override
  public void pause() {
    commands.pause();
  }

  @Override
  public boolean finished() {
    return refusal == null ? commands.finished() : refusal.finished();
  }

  @Override
  public void close() {
    commands.close();
  }
}
