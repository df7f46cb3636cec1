// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * Where the content of a redirected response can be fetched (wireprotocolrpc, Command Protocol,
 * {@code location}).
 *
 * @param url its URL
 * @param mediaType its media type
 * @param size its size in bytes, if given
 * @param fullHashes hashes of the whole content
 * @param fullHashSeed the bytes that are hashed before the content, or null
 * @param serverCertificates DER certificates, one of which the server must present
 * @param authorityCertificates DER certificates of authorities, one of which must have signed the
 *     server's certificate
 * @param segmentHashes hashes of segments, or null; an extension, see {@link SegmentHashes}
 */
public record ContentLocation(
    ByteString url,
    ByteString mediaType,
    OptionalLong size,
    List<ContentHash> fullHashes,
    @Nullable ByteString fullHashSeed,
    List<ByteString> serverCertificates,
    List<ByteString> authorityCertificates,
    @Nullable SegmentHashes segmentHashes) {
  /** Copies the lists. */
  public ContentLocation {
    fullHashes = List.copyOf(fullHashes);
    serverCertificates = List.copyOf(serverCertificates);
    authorityCertificates = List.copyOf(authorityCertificates);
  }

  /**
   * A hash of content.
   *
   * @param name the algorithm, such as {@code sha256}
   * @param value the raw hash
   */
  public record ContentHash(ByteString name, ByteString value) {}

  /**
   * Reads a location from its map; unknown keys are ignored. An empty list of certificates is
   * refused, because it could mean that no server is trusted or that any is.
   *
   * @throws WireProtocolException with code BAD_RESPONSE and scope REQUEST if {@code value} is
   *     malformed or names a hash algorithm twice
   */
  public static ContentLocation read(CborValue value) {
    MapReader fields = ValueReader.response("content location").fields(value);
    CborValue size = fields.optional("size");
    return new ContentLocation(
        fields.bytes("url"),
        fields.bytes("mediatype"),
        size == null ? OptionalLong.empty() : OptionalLong.of(fields.unsigned("size")),
        hashes(fields),
        fields.optionalBytes("fullhashseed"),
        certificates(fields, "serverdercerts"),
        certificates(fields, "servercadercerts"),
        segmentHashes(fields));
  }

  /** An extension that cannot be read is ignored, like one that is unknown. */
  private static @Nullable SegmentHashes segmentHashes(MapReader fields) {
    CborValue segments = fields.optional(SegmentHashes.KEY);
    try {
      return segments == null ? null : SegmentHashes.read(segments, fields);
    } catch (WireProtocolException e) {
      return null;
    }
  }

  private static List<ContentHash> hashes(MapReader fields) {
    List<ContentHash> hashes = new ArrayList<>();
    Set<ByteString> names = new HashSet<>();
    for (CborValue entry : fields.optionalArray("fullhashes")) {
      // "Each entry is an array of bytestrings containing the hash name and the hash value."
      if (!(entry instanceof CborArray pair) || pair.items().size() != 2) {
        throw fields.fault("an entry of fullhashes is not an array of name and value");
      }
      ByteString name = fields.values().bytes(pair.items().get(0), "the name of a hash");
      if (!names.add(name)) {
        throw fields.fault("the hash " + name.excerpt() + " occurs twice");
      }
      hashes.add(
          new ContentHash(name, fields.values().bytes(pair.items().get(1), "the value of a hash")));
    }
    return hashes;
  }

  private static List<ByteString> certificates(MapReader fields, String key) {
    List<ByteString> certificates = fields.optionalByteStrings(key);
    if (certificates.isEmpty() && fields.optional(key) != null) {
      throw fields.fault(key + " is empty");
    }
    return certificates;
  }

  /** Returns the map of the location, without keys for absent values. */
  public CborMap toCbor() {
    CborMap.Builder map = CborMap.builder().put("url", url).put("mediatype", mediaType);
    size.ifPresent(bytes -> map.put("size", bytes));
    if (!fullHashes.isEmpty()) {
      List<CborValue> pairs = new ArrayList<>();
      for (ContentHash hash : fullHashes) {
        pairs.add(CborArray.of(new CborBytes(hash.name()), new CborBytes(hash.value())));
      }
      map.put("fullhashes", new CborArray(pairs));
    }
    if (fullHashSeed != null) {
      map.put("fullhashseed", fullHashSeed);
    }
    if (!serverCertificates.isEmpty()) {
      map.put("serverdercerts", CborArray.ofByteStrings(serverCertificates));
    }
    if (!authorityCertificates.isEmpty()) {
      map.put("servercadercerts", CborArray.ofByteStrings(authorityCertificates));
    }
    if (segmentHashes != null) {
      map.put(SegmentHashes.KEY, segmentHashes.toCbor());
    }
    return map.build();
  }
}
