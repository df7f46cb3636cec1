// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.jspecify.annotations.Nullable;

/** Decodes the frames of responses in a way that is wrong. */
final class DecodedFrames implements ClientFault.Change {
  /** What is wrong. */
  enum Wrong {
    /** Each frame is decoded apart from the others of its stream. */
    CONTEXTS,
    /** What cannot be decoded is left out. */
    ERRORS
  }

  private final Wrong wrong;

  DecodedFrames(Wrong wrong) {
    this.wrong = wrong;
  }

  @Override
  public ReceivedResponse apply(ReceivedResponse response) throws IOException {
    if (!response.isFramed()) {
      return response;
    }
    Map<Integer, ContentEncoding> encodings = new HashMap<>();
    Map<Integer, ContentDecoder> decoders = new HashMap<>();
    List<RawFrame> decoded = new ArrayList<>();
    for (RawFrame next : RawFrame.parse(response.bytes())) {
      if (next.type() == FrameType.STREAM_SETTINGS.code()) {
        encodings.put(next.stream(), encoding(next));
        continue;
      }
      ContentEncoding encoding = encodings.get(next.stream());
      if (encoding == null || !next.onStream(StreamFlags.ENCODED)) {
        decoded.add(next);
        continue;
      }
      ContentDecoder decoder =
          wrong == Wrong.CONTEXTS
              ? encoding.newDecoder(WireLimits.defaults())
              : decoders.computeIfAbsent(
                  next.stream(), stream -> encoding.newDecoder(WireLimits.defaults()));
      decoded.add(
          next.withStreamFlags(next.streamFlags() & ~StreamFlags.ENCODED)
              .withPayload(decode(decoder, next.payload())));
    }
    return response.withBytes(RawFrame.encode(StreamMutants.begun(decoded)));
  }

  private static ContentEncoding encoding(RawFrame settings) throws IOException {
    ContentEncoding encoding =
        CborDecoder.decodeOne(settings.payload().asByteBuffer(), WireLimits.defaults())
                instanceof CborBytes name
            ? ContentEncodings.standard().find(name.value().utf8())
            : null;
    if (encoding == null) {
      throw new IOException("the encoding is unknown");
    }
    return encoding;
  }

  private ByteString decode(ContentDecoder decoder, ByteString encoded) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      decoder.feed(encoded.asByteBuffer());
      for (@Nullable ByteBuffer next = decoder.poll(); next != null; next = decoder.poll()) {
        all.writeBytes(ByteString.copyOf(next).toByteArray());
      }
    } catch (WireProtocolException e) {
      if (wrong != Wrong.ERRORS) {
        throw new IOException("a frame cannot be decoded", e);
      }
    }
    return ByteString.copyOf(all.toByteArray());
  }
}
