// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.version1.StreamCodings;

/**
 * The body of a response of version 1 (wireprotocol, HTTP Version 1 Transport), decompressed.
 *
 * @param media {@code 0.1}, {@code 0.2}, or an empty string for any other media type
 * @param compression the name of its compression: {@code none} if it is a text
 * @param body the decompressed body
 */
public record Version1Response(String media, String compression, ByteString body) {
  /** The commands whose response in {@code application/mercurial-0.1} is a zlib stream. */
  private static final String STREAMED =
      "(?:.*[?&])?cmd=(?:getbundle|changegroup|changegroupsubset)(?:&.*)?";

  /**
   * Reads a response.
   *
   * @param target the target of its request, which says whether it is a stream
   * @throws WireProtocolException if its compression is unknown or damaged
   */
  public static Version1Response read(HttpResponse response, String target) {
    ByteString body = response.body();
    if (response.mediaType().equals(HttpV2Api.V1_NAMED_MEDIA_TYPE)) {
      int length = body.isEmpty() ? 0 : body.at(0) & 0xff;
      if (body.length() <= length) {
        throw fault("the name of the compression is cut");
      }
      String name =
          new String(body.substring(1, 1 + length).toByteArray(), StandardCharsets.US_ASCII);
      return new Version1Response(
          "0.2", name, decompress(name, body.substring(1 + length, body.length())));
    }
    if (!response.mediaType().equals(HttpV2Api.V1_MEDIA_TYPE)) {
      return new Version1Response("", "none", body);
    }
    return target.matches(STREAMED)
        ? new Version1Response("0.1", "zlib", decompress("zlib", body))
        : new Version1Response("0.1", "none", body);
  }

  private static ByteString decompress(String name, ByteString body) {
    ContentEncoding encoding = new StreamCodings(ContentEncodings.standard()).find(name);
    if (encoding == null) {
      throw fault("the compression \"" + name + "\" is not one of zstd, zlib, none");
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    try (ContentDecoder decoder = encoding.newDecoder(WireLimits.defaults())) {
      decoder.feed(body.asByteBuffer());
      for (ByteBuffer next = decoder.poll(); next != null; next = decoder.poll()) {
        decoded.writeBytes(ByteString.copyOf(next).toByteArray());
      }
      if (!name.equals("none") && !decoder.hasEnded()) {
        throw fault("the " + name + " stream is cut");
      }
    }
    return ByteString.copyOf(decoded.toByteArray());
  }

  private static WireProtocolException fault(String message) {
    return WireProtocolException.connection(WireErrorCode.BAD_RESPONSE, message);
  }
}
