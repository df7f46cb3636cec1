// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.testing.FrameBytes;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that may be a value. They are at the end of a request, in an entry that means nothing:
 * whether the request is accepted tells whether they are one. Those that may be a node are in the
 * request once more, as a node that {@code changesetdata} returns without looking it up.
 *
 * @param bytes the bytes
 */
record CborInput(ByteString bytes) {
  /** What hg accepts where there may be any value. */
  private static final Set<WireErrorCode> ACCEPTED =
      EnumSet.of(
          WireErrorCode.DUPLICATE_KEY, WireErrorCode.DUPLICATE_MEMBER, WireErrorCode.CHUNK_TYPE);

  private static final CborBytes NAME = CborBytes.utf8("name");
  private static final CborBytes COMMAND = CborBytes.utf8("changesetdata");

  /** Returns the payload of the request. */
  ByteString payload() {
    ByteString nodes = isScalar() ? bytes : ByteString.empty();
    CborEncoder request = new CborEncoder();
    head(request, 0xa3).value(NAME).value(COMMAND).value(CborBytes.utf8("args"));
    head(request, 0xa1).value(CborBytes.utf8("revisions"));
    head(head(request, 0x81), 0xa2).value(CborBytes.utf8("type"));
    request.value(CborBytes.utf8("changesetexplicit")).value(CborBytes.utf8("nodes"));
    head(request, nodes.isEmpty() ? 0x80 : 0x81).raw(nodes.asByteBuffer());
    return ByteString.copyOf(
        request.value(CborBytes.utf8("value")).raw(bytes.asByteBuffer()).take());
  }

  private static CborEncoder head(CborEncoder request, int head) {
    return request.raw(ByteString.copyOf((byte) head).asByteBuffer());
  }

  /** Returns the request. */
  FrameInput request() {
    Frame frame =
        Frame.of(
            1,
            1,
            StreamFlags.BEGIN,
            FrameType.COMMAND_REQUEST,
            FrameType.REQUEST_NEW,
            payload().asByteBuffer());
    return new FrameInput("ro/multirequest", FrameBytes.of(List.of(frame)));
  }

  /** Returns the value, or null if the bytes are not one for us. */
  @Nullable CborValue value() {
    try {
      return CborDecoder.decodeOne(bytes.asByteBuffer(), WireLimits.defaults());
    } catch (WireProtocolException malformed) {
      return null;
    }
  }

  /** Returns whether the value is none that holds others. */
  boolean isScalar() {
    CborValue value = value();
    return value != null
        && !(value instanceof CborArray)
        && !(value instanceof CborMap)
        && !(value instanceof CborSet);
  }

  /** Returns whether the request is a value, and more that is not malformed, but may be cut. */
  boolean isValueAndMore() {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    boolean first = false;
    try {
      decoder.feed(payload().asByteBuffer());
      for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        first = true;
      }
      return first;
    } catch (WireProtocolException fault) {
      return first && ACCEPTED.contains(fault.code());
    }
  }

  /** Returns the inputs with fewer bytes. */
  List<CborInput> smaller() {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < bytes.length(); i++) {
      indices.add(i);
    }
    return Removal.of(indices).stream().map(this::only).toList();
  }

  private CborInput only(List<Integer> indices) {
    byte[] rest = new byte[indices.size()];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = bytes.at(indices.get(i));
    }
    return new CborInput(ByteString.copyOf(rest));
  }

  @Override
  public String toString() {
    return "h'" + bytes.hex() + "'";
  }
}
