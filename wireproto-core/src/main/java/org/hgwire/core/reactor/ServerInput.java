// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.SenderSettings;
import org.jspecify.annotations.Nullable;

/** Processes the frames of a client. {@link ExchangePhase} has the transitions. */
final class ServerInput implements FrameHandler<ServerEvent> {
  private final WireLimits limits;
  private final ServerRequests requests;
  private final HeldBytes held;
  private final Queue<ServerEvent> events = new ArrayDeque<>();
  private ExchangePhase phase = ExchangePhase.BEGINNING;
  private final SettingsAssembler assembler;
  private int settingsStream;
  private SenderSettings settings = SenderSettings.DEFAULT;

  ServerInput(WireLimits limits, ServerRequests requests, HeldBytes held) {
    this.limits = limits;
    this.requests = requests;
    this.held = held;
    this.assembler = SettingsAssembler.ofSender(limits);
  }

  /** Returns the settings of the client. */
  SenderSettings settings() {
    return settings;
  }

  @Override
  public void frameStarted(FrameHeader header, FrameType type, IncomingStream stream) {
    // "Odd numbered requests are client-initiated." This server initiates none.
    if ((header.requestId() & 1) == 0) {
      throw Faults.of(WireErrorCode.REQUEST_ID, header, "has an even request id");
    }
    if (!phase.accepts(type)) {
      boolean late = type == FrameType.SENDER_PROTOCOL_SETTINGS;
      throw Faults.of(
          late ? WireErrorCode.SETTINGS : WireErrorCode.UNEXPECTED_FRAME,
          header,
          switch (phase) {
            case BEGINNING -> "cannot be the first frame of an exchange";
            case RECEIVING_SETTINGS -> "came before the end of the sender settings";
            case OPEN -> late ? "did not come before all other frames" : "is not a client's";
          });
    }
    switch (type) {
      case SENDER_PROTOCOL_SETTINGS -> settingsStarted(header);
      case COMMAND_REQUEST -> requests.requestStarted(header);
      case COMMAND_DATA -> requests.dataStarted(header);
      default -> {}
    }
    if (phase == ExchangePhase.BEGINNING) {
      phase = ExchangePhase.OPEN;
    }
  }

  private void settingsStarted(FrameHeader header) {
    if (phase == ExchangePhase.RECEIVING_SETTINGS && header.streamId() != settingsStream) {
      throw Faults.of(
          WireErrorCode.UNEXPECTED_FRAME, header, "continues settings of stream " + settingsStream);
    }
    assembler.frameStarted(header);
    settingsStream = header.streamId();
    phase = ExchangePhase.RECEIVING_SETTINGS;
  }

  @Override
  public @Nullable ServerEvent payloadRead(FrameHeader header, FrameType type, ByteBuffer piece) {
    return switch (type) {
      case SENDER_PROTOCOL_SETTINGS -> {
        held.add(2L * piece.remaining());
        assembler.append(piece);
        yield null;
      }
      case COMMAND_REQUEST -> {
        requests.requestRead(header.requestId(), piece);
        yield null;
      }
      default ->
          requests.dataRead(header.requestId(), piece)
              ? new ServerEvent.CommandDataReceived(header.requestId(), piece)
              : null;
    };
  }

  @Override
  public void frameEnded(FrameHeader header, FrameType type) {
    if (type == FrameType.COMMAND_REQUEST) {
      ServerEvent event = requests.requestEnded(header);
      if (event != null) {
        events.add(event);
      }
    } else if (type == FrameType.COMMAND_DATA) {
      if (requests.dataEnded(header)) {
        events.add(new ServerEvent.CommandDataEnded(header.requestId()));
      }
    } else if (type == FrameType.SENDER_PROTOCOL_SETTINGS && header.hasFlag(FrameType.EOS)) {
      settingsEnded();
    }
  }

  private void settingsEnded() {
    List<CborValue> values = assembler.values();
    if (values.size() > 1) {
      throw assembler.fault("hold more than one value");
    }
    settings = SenderSettings.read(values.get(0));
    if (settings.contentEncodings().size() > limits.intOf(WireLimit.MAX_SENDER_SETTINGS_NAMES)) {
      throw Faults.limit(
          "the number of content encodings in the sender settings",
          limits.intOf(WireLimit.MAX_SENDER_SETTINGS_NAMES));
    }
    phase = ExchangePhase.OPEN;
    events.add(new ServerEvent.SenderSettingsReceived(settings));
  }

  @Override
  public void streamFailed(IncomingStream stream, WireProtocolException fault) {
    // A request with a gap cannot be distinguished from another: nothing that follows is safe.
    throw fault;
  }

  @Override
  public void inputEnded() {
    if (phase == ExchangePhase.RECEIVING_SETTINGS) {
      throw WireProtocolException.connection(
          WireErrorCode.TRUNCATED, "the input ended in the middle of the sender settings");
    }
    if (requests.halfOpen() > 0) {
      throw WireProtocolException.connection(
          WireErrorCode.TRUNCATED,
          "the input ended before " + requests.halfOpen() + " requests were complete");
    }
    events.add(new ServerEvent.InputEnded());
  }

  @Override
  public void inputFailed(WireProtocolException fault) {
    events.add(new ServerEvent.ProtocolFailed(fault));
  }

  @Override
  public @Nullable ServerEvent pollEvent() {
    return events.poll();
  }
}
