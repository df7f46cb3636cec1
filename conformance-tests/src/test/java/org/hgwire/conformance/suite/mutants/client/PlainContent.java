// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.hgwire.client.HttpTransport;
import org.hgwire.conformance.exchange.ContentHashes;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/** Fetches content, and compares it with its location. */
final class PlainContent {
  private static final long MAX_SIZE = 1 << 20;

  private final Set<RedirectCheck> checks;
  private final CborMap location;
  private final long size;

  PlainContent(Set<RedirectCheck> checks, CborMap location) {
    this.checks = checks;
    this.location = location;
    size = location.get("size") instanceof CborInteger known ? known.longValueExact() : -1;
  }

  private void require(RedirectCheck check, boolean condition, String why) throws IOException {
    PlainRedirect.require(checks, check, condition, why);
  }

  /** Returns what is at a URL; at one that is not of HTTP, nothing. */
  ByteString fetch(URI url, HttpTransport sound) throws IOException {
    URI at = url;
    while (at.getScheme().startsWith("http")) {
      HttpTransport.Response head;
      try {
        head = sound.send(new HttpTransport.Request(at, List.of(), null));
      } catch (IOException e) {
        if (checks.contains(RedirectCheck.RESPONSES)) {
          throw e;
        }
        return ByteString.empty();
      }
      try (head) {
        String moved = head.header("Location");
        if (moved == null) {
          return read(head);
        }
        require(RedirectCheck.HTTP_REDIRECTS, false, "the content is elsewhere");
        at = at.resolve(moved);
      }
    }
    return ByteString.empty();
  }

  private ByteString read(HttpTransport.Response head) throws IOException {
    require(RedirectCheck.STATUS, head.status() == 200, "the status is " + head.status());
    long end = size < 0 ? MAX_SIZE : size;
    ReceivedResponse response =
        checks.contains(RedirectCheck.BOUNDS)
            ? ReceivedResponse.readUpTo(
                head, checks.contains(RedirectCheck.TRAILERS) ? end + 1 : end)
            : ReceivedResponse.read(head);
    require(RedirectCheck.ENDS, response.cut() == null, "the content is cut");
    return response.bytes();
  }

  /** Returns content if it is that of the location. */
  ByteString verified(ByteString content) throws IOException {
    require(
        RedirectCheck.SIZES, size < 0 || content.length() == size, "the content has another size");
    if (checks.contains(RedirectCheck.HASHES)) {
      if (location.get("fullhashes") instanceof CborArray hashes) {
        requireHashes(content, hashes);
      } else {
        require(RedirectCheck.HASH_LISTS, false, "hashes are no array");
      }
    }
    return checks.contains(RedirectCheck.WHOLE_OBJECTS) ? content : wholeObjects(content);
  }

  /** Returns content without an object that is cut, or malformed, and what is behind it. */
  private static ByteString wholeObjects(ByteString content) {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    int end = 0;
    try {
      for (int at = 0; at < content.length(); at++) {
        decoder.feed(content.substring(at, at + 1).asByteBuffer());
        while (decoder.poll() != null) {
          // What the object is makes no difference.
        }
        end = decoder.insideValue() ? end : at + 1;
      }
    } catch (WireProtocolException malformed) {
      return content.substring(0, end);
    }
    return content.substring(0, end);
  }

  private void requireHashes(ByteString content, CborArray hashes) throws IOException {
    ByteString seed =
        checks.contains(RedirectCheck.SEEDS)
                && location.get("fullhashseed") instanceof CborBytes bytes
            ? bytes.value()
            : ByteString.empty();
    int known = 0;
    int same = 0;
    for (CborValue next : hashes.items()) {
      List<CborValue> pair = ((CborArray) next).items();
      String name = ((CborBytes) pair.get(0)).value().utf8();
      ByteString hash = ContentHashes.hash(name, seed, content);
      if (hash != null) {
        known++;
        same += isSame(hash, ((CborBytes) pair.get(1)).value()) ? 1 : 0;
      }
    }
    require(RedirectCheck.KNOWN_HASHES, known > 0, "no hash is known");
    require(RedirectCheck.EVERY_HASH, same == known, "a hash is wrong");
    require(RedirectCheck.HASHES, same > 0 || known == 0, "every hash is wrong");
  }

  private boolean isSame(ByteString hash, ByteString announced) {
    return checks.contains(RedirectCheck.HASH_LENGTHS)
        ? hash.equals(announced)
        : hash.startsWith(announced);
  }
}
