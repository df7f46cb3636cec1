// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.IdentityEncoding;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.jspecify.annotations.Nullable;

/**
 * One open stream of the peer: whether it has settings, and its content decoder.
 *
 * <pre>
 * phase       stream settings                          encoded frame   other frame
 * BEGUN       continuation: SETTINGS, eos: CONFIGURED  CONFIGURED      PLAIN
 * PLAIN       as BEGUN if late settings are allowed,   CONFIGURED      PLAIN
 *             else refused
 * SETTINGS    continuation: SETTINGS, eos: CONFIGURED  refused         refused
 * CONFIGURED  refused                                  CONFIGURED,     CONFIGURED
 *                                                      CORRUPT if it cannot be decoded,
 *                                                      or once its response was interrupted
 * CORRUPT     refused                                  dropped         CORRUPT
 * </pre>
 */
final class IncomingStream implements AutoCloseable {
  private enum Phase {
    BEGUN,
    PLAIN,
    SETTINGS,
    CONFIGURED,
    CORRUPT
  }

  private final int id;
  private final WireLimits limits;
  private final ContentEncodings encodings;
  private final boolean lateSettings;
  private final HeldBytes held;
  private final ByteBudget decoders;
  private final Set<Integer> requests = new HashSet<>();
  private Phase phase = Phase.BEGUN;
  private @Nullable SettingsAssembler settings;
  private @Nullable ContentDecoder decoder;
  private long decoderBytes;
  private @Nullable WireProtocolException fault;
  private boolean mayBuffer;

  IncomingStream(
      int id,
      WireLimits limits,
      ContentEncodings encodings,
      boolean lateSettings,
      HeldBytes held,
      ByteBudget decoders) {
    this.id = id;
    this.limits = limits;
    this.encodings = encodings;
    this.lateSettings = lateSettings;
    this.held = held;
    this.decoders = decoders;
  }

  int id() {
    return id;
  }

  boolean receivesSettings() {
    return phase == Phase.SETTINGS;
  }

  /** Returns why the stream can no longer be decoded, or null. */
  @Nullable WireProtocolException fault() {
    return fault;
  }

  /** Returns the active requests that had frames on this stream; a live set that callers modify. */
  Set<Integer> requests() {
    return requests;
  }

  /** Checks the next frame against the phase of the stream. */
  void frameStarted(FrameHeader header, FrameType type) {
    if (type == FrameType.STREAM_SETTINGS) {
      settingsStarted(header);
    } else if (phase == Phase.SETTINGS) {
      // "an additional frame containing more encoding settings immediately follows"
      throw Faults.of(
          WireErrorCode.UNEXPECTED_FRAME, header, "came before the end of the stream settings");
    } else if (phase == Phase.BEGUN || phase == Phase.PLAIN) {
      phase = header.hasStreamFlag(StreamFlags.ENCODED) ? Phase.CONFIGURED : Phase.PLAIN;
    }
  }

  private void settingsStarted(FrameHeader header) {
    // "This frame type MUST ONLY occur on frames having the Beginning of Stream Stream Flag set."
    // Mercurial's server sends it late when an earlier request on the stream failed.
    boolean first = phase == Phase.BEGUN || (phase == Phase.PLAIN && lateSettings);
    if (!first && phase != Phase.SETTINGS) {
      throw Faults.of(
          WireErrorCode.SETTINGS, header, "is not at the beginning of its stream, or is repeated");
    }
    if (header.hasStreamFlag(StreamFlags.ENCODED)) {
      throw Faults.of(
          WireErrorCode.STREAM_FLAGS, header, "cannot be encoded: it says what the encoding is");
    }
    SettingsAssembler assembler = settings;
    if (assembler == null) {
      assembler = SettingsAssembler.ofStream(limits);
      settings = assembler;
    }
    assembler.frameStarted(header);
    phase = Phase.SETTINGS;
  }

  /** Processes a piece of the payload of a stream settings frame. */
  void settingsRead(FrameHeader header, ByteBuffer payload, boolean last) {
    SettingsAssembler assembler = settings;
    if (assembler == null) {
      throw new IllegalStateException("no stream settings frame was started");
    }
    held.add(2L * payload.remaining());
    assembler.append(payload);
    if (last && header.hasFlag(FrameType.EOS)) {
      configure(assembler);
      settings = null;
      phase = Phase.CONFIGURED;
    }
  }

  private void configure(SettingsAssembler assembler) {
    List<CborValue> values = assembler.values();
    // "The first value is a bytestring denoting the content encoding profile"
    if (!(values.get(0) instanceof CborBytes profile)) {
      throw assembler.fault("do not begin with the name of a content encoding");
    }
    ContentEncoding encoding = encodings.find(profile.value().utf8());
    if (encoding == null) {
      throw WireProtocolException.connection(
          WireErrorCode.ENCODING_UNKNOWN,
          "the settings of stream "
              + id
              + " name the content encoding '"
              + profile.value().excerpt()
              + "', which was not offered");
    }
    if (values.size() > 1) {
      throw assembler.fault("hold more than the name of the content encoding " + encoding.name());
    }
    long bytes = encoding.decoderBytes(limits);
    if (!decoders.tryTake(bytes)) {
      throw Faults.overloaded("there is no memory left to decode requests in " + encoding.name());
    }
    decoderBytes = bytes;
    decoder = encoding.newDecoder(limits);
    mayBuffer = !encoding.name().equals(IdentityEncoding.NAME);
  }

  /**
   * Returns the decoder of encoded payloads, or null if they are not changed by encoding: "In the
   * absence of an identified profile, the identity profile is assumed."
   */
  @Nullable ContentDecoder decoder() {
    return decoder;
  }

  /** Returns whether the encoder of the stream may have buffered bytes. */
  boolean mayBuffer() {
    return mayBuffer;
  }

  /** Marks the stream as one that can no longer be decoded. */
  void corrupt(WireProtocolException reason) {
    phase = Phase.CORRUPT;
    fault = reason;
    close();
  }

  @Override
  public void close() {
    ContentDecoder open = decoder;
    decoder = null;
    if (open != null) {
      open.close();
      decoders.give(decoderBytes);
    }
  }
}
