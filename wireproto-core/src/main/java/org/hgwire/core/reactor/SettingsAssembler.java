// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborEvent.ValueRead;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameHeader;

/** Assembles settings that may span several frames: those of a sender or of a stream. */
final class SettingsAssembler {
  private final String name;
  private final int maxBytes;
  private final int maxFrames;
  private final WireLimits limits;
  private final PayloadBuffer payload = new PayloadBuffer();
  private int frames;

  private SettingsAssembler(String name, int maxBytes, int maxFrames, WireLimits limits) {
    this.name = name;
    this.maxBytes = maxBytes;
    this.maxFrames = maxFrames;
    // Settings are bounded by maxBytes, so no part of them needs to be streamed.
    this.limits = limits.with(WireLimit.WHOLE_BYTE_STRING, maxBytes);
  }

  static SettingsAssembler ofSender(WireLimits limits) {
    return new SettingsAssembler(
        "sender settings",
        limits.intOf(WireLimit.MAX_SENDER_SETTINGS_BYTES),
        limits.intOf(WireLimit.MAX_SENDER_SETTINGS_FRAMES),
        limits);
  }

  static SettingsAssembler ofStream(WireLimits limits) {
    return new SettingsAssembler(
        "stream settings",
        limits.intOf(WireLimit.MAX_STREAM_SETTINGS_BYTES),
        limits.intOf(WireLimit.MAX_STREAM_SETTINGS_FRAMES),
        limits);
  }

  /** Checks the header of the next frame of the settings, before its payload is kept. */
  void frameStarted(FrameHeader header) {
    if (++frames > maxFrames) {
      throw Faults.limit("the number of frames of the " + name, maxFrames);
    }
    if (header.payloadLength() > maxBytes - payload.size()) {
      throw Faults.limit("the size in bytes of the " + name, maxBytes);
    }
  }

  /** Keeps a payload that {@link #frameStarted} announced. */
  void append(ByteBuffer piece) {
    payload.append(piece);
  }

  /** Returns the values of the complete settings, at least one, and drops their bytes. */
  List<CborValue> values() {
    try {
      return decoded();
    } finally {
      payload.clear();
    }
  }

  private List<CborValue> decoded() {
    List<CborValue> values = new ArrayList<>();
    try {
      CborDecoder decoder = new CborDecoder(limits);
      decoder.feed(payload.view());
      for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        if (!(event instanceof ValueRead read)) {
          throw fault("hold a byte string of indefinite length");
        }
        values.add(read.value());
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      throw fault.code() == WireErrorCode.SETTINGS
          ? fault
          : PayloadReader.rescoped(
              fault, WireErrorCode.SETTINGS, ErrorScope.CONNECTION, "a part of the " + name);
    }
    if (values.isEmpty()) {
      throw fault("are empty");
    }
    return values;
  }

  WireProtocolException fault(String what) {
    return WireProtocolException.connection(WireErrorCode.SETTINGS, "the " + name + " " + what);
  }
}
