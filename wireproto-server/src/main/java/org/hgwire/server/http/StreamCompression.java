// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.core.encoding.StreamEncoder;
import org.hgwire.core.encoding.ZlibEncoding;
import org.hgwire.core.encoding.Zstd8mbEncoding;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.version1.ClientProtocol;
import org.jspecify.annotations.Nullable;

/**
 * How streams are compressed for one client of version 1 (wireprotocol, Content Negotiation): with
 * the first compression of the server that the client reads. Without memory for an encoder they are
 * sent as they are, as far as the client reads that.
 */
final class StreamCompression {
  /** The name of a stream that is not compressed. */
  private static final String NONE = "none";

  private static final String ZLIB = "zlib";

  /** The names of compressions by those of content encodings. */
  private static final Map<String, String> NAMES =
      Map.of(Zstd8mbEncoding.NAME, "zstd", ZlibEncoding.NAME, ZLIB);

  private final EncoderPool encoders;

  /** The encodings that server and client have in common, by name. */
  private final Map<String, ContentEncoding> common;

  private final boolean readsNone;
  private final ContentEncoding zlib;

  /**
   * How one stream is sent.
   *
   * @param head what comes before the stream
   * @param encoder writes the stream; null if it is sent as it is
   */
  record Coding(ByteString head, @Nullable StreamEncoder encoder) {}

  private StreamCompression(
      EncoderPool encoders, Map<String, ContentEncoding> offered, List<String> read) {
    this.encoders = encoders;
    this.zlib = offered.getOrDefault(ZLIB, new ZlibEncoding());
    this.common = new LinkedHashMap<>(offered);
    this.common.keySet().retainAll(read);
    this.readsNone = read.contains(NONE);
  }

  /** Returns the compression for a client. */
  static StreamCompression of(ServerOptions options, ClientProtocol client) {
    return new StreamCompression(
        options.memory().encoders(),
        offered(options.encodings()),
        client.says("0.2") ? client.compressions() : List.of());
  }

  /** Returns the names of the compressions that a server offers, the most preferred first. */
  static List<String> names(ContentEncodings encodings) {
    return List.copyOf(offered(encodings).keySet());
  }

  private static Map<String, ContentEncoding> offered(ContentEncodings encodings) {
    Map<String, ContentEncoding> found = new LinkedHashMap<>();
    for (ContentEncoding encoding : encodings.preferred()) {
      String name = NAMES.get(encoding.name());
      if (name != null) {
        found.put(name, encoding);
      }
    }
    return found;
  }

  private boolean isNamed() {
    return readsNone || !common.isEmpty();
  }

  /** Returns the media type of streams. */
  String mediaType() {
    return isNamed() ? HttpV2Api.V1_NAMED_MEDIA_TYPE : HttpV2Api.V1_MEDIA_TYPE;
  }

  /**
   * Chooses how a stream is sent.
   *
   * @param compress whether it is worth an encoder
   */
  Coding choose(boolean compress) {
    // "A 'stream' response" of the older media type "is zlib compressed".
    Entry<String, ContentEncoding> best =
        common.isEmpty() ? Map.entry(ZLIB, zlib) : common.entrySet().iterator().next();
    boolean possible = !isNamed() || !common.isEmpty();
    StreamEncoder encoder =
        compress && possible ? StreamEncoder.open(best.getValue(), encoders) : null;
    if (encoder == null && readsNone) {
      return new Coding(head(NONE), null);
    }
    return new Coding(
        isNamed() ? head(best.getKey()) : ByteString.empty(),
        encoder == null ? StreamEncoder.storing(best.getValue()) : encoder);
  }

  /**
   * "The first byte of the payload indicates the length of the compression format identifier that
   * follows. Next are N bytes indicating the compression format."
   */
  private static ByteString head(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    byte[] head = new byte[1 + ascii.length];
    head[0] = (byte) ascii.length;
    System.arraycopy(ascii, 0, head, 1, ascii.length);
    return ByteString.copyOf(head);
  }
}
