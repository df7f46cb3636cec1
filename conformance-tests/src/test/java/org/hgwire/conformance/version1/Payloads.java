// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.core.ByteString;

/** What the bodies of responses of version 1 carry. */
final class Payloads {
  private Payloads() {}

  /** Returns the command that a request calls. */
  static String command(Exchange exchange) {
    return exchange.target().replaceFirst(".*[?&]cmd=([^&]*).*", "$1");
  }

  /** Returns the stream that a response carries, uncompressed, such as a bundle. */
  static ByteString stream(Exchange exchange) {
    byte[] body = exchange.responseBody().toByteArray();
    String type = exchange.responseHeaders().getOrDefault("content-type", "");
    try {
      // "The first byte of the payload indicates the length of the compression format identifier
      // that follows"; in -0.1 a stream is compressed with zlib.
      if (!type.equals("application/mercurial-0.2")) {
        return inflated("zlib", body);
      }
      String name = new String(body, 1, body[0], StandardCharsets.US_ASCII);
      return inflated(name, Arrays.copyOfRange(body, 1 + body[0], body.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteString inflated(String name, byte[] bytes) throws IOException {
    InputStream input = new ByteArrayInputStream(bytes);
    try (InputStream inflated =
        switch (name) {
          case "zlib" -> new InflaterInputStream(input);
          case "zstd" -> new ZstdInputStream(input);
          case "none" -> input;
          default -> throw new IOException("the compression of a response is " + name);
        }) {
      return ByteString.copyOf(inflated.readAllBytes());
    }
  }
}
