// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.hgwire.core.message.SegmentHashes;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.HashedFiles;
import org.jspecify.annotations.Nullable;

/**
 * The descriptions of kept responses by key, on disk: a small file per key, which begins with the
 * SHA-256 of the rest, so that a damaged file counts as missing.
 */
final class ResponseIndex implements AutoCloseable {
  private static final int CHECK = 32;

  private final HashedFiles files;

  ResponseIndex(HashedFiles files) {
    this.files = files;
  }

  /**
   * Returns the description of the response with this key, or null if there is none.
   *
   * @throws IOException if the file cannot be read
   */
  @Nullable ContentDescription find(ByteString key) throws IOException {
    Path file = files.find(key);
    if (file == null) {
      return null;
    }
    ContentDescription content = null;
    try {
      content = read(Files.readAllBytes(file));
    } catch (NoSuchFileException gone) {
      return null;
    }
    if (content == null) {
      files.remove(key);
    }
    return content;
  }

  /** Stores the description of the response with this key. */
  void put(ByteString key, ContentDescription content) throws IOException {
    Path file = files.newFile();
    try {
      Files.write(file, write(content));
      files.adopt(file, key, false);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  private static byte[] write(ContentDescription content) {
    ByteBuffer segments =
        ByteBuffer.allocate(content.segments().hashes().size() * HashAlgorithm.SHA256.size());
    content.segments().hashes().forEach(hash -> hash.putTo(segments));
    ByteString entry =
        CborEncoder.encode(
            CborMap.builder()
                .put("mediatype", content.mediaType())
                .put("size", content.size())
                .put("sha256", content.sha256())
                .put("sha1", content.sha1())
                .put("segmentsize", content.segments().segmentSize())
                .put("segments", ByteString.copyOf(segments.flip()))
                .build());
    return ByteBuffer.allocate(CHECK + entry.length())
        .put(check(entry))
        .put(entry.asByteBuffer())
        .array();
  }

  private static byte[] check(ByteString entry) {
    return HashAlgorithm.SHA256.newDigest().digest(entry.toByteArray());
  }

  private static @Nullable ContentDescription read(byte[] file) {
    if (file.length < CHECK) {
      return null;
    }
    ByteString entry = ByteString.copyOf(file, CHECK, file.length - CHECK);
    if (!ByteString.copyOf(check(entry)).equals(ByteString.copyOf(file, 0, CHECK))) {
      return null;
    }
    try {
      MapReader fields =
          ValueReader.response("kept response")
              .fields(CborDecoder.decodeOne(entry.asByteBuffer(), WireLimits.defaults()));
      return new ContentDescription(
          fields.bytes("mediatype"),
          fields.unsigned("size"),
          fields.bytes("sha256"),
          fields.bytes("sha1"),
          new SegmentHashes(
              HashAlgorithm.SHA256.wireName(),
              fields.unsigned("segmentsize"),
              cut(fields.bytes("segments"))));
    } catch (WireProtocolException | IllegalArgumentException otherFormat) {
      return null;
    }
  }

  private static List<ByteString> cut(ByteString hashes) {
    int size = HashAlgorithm.SHA256.size();
    List<ByteString> list = new ArrayList<>();
    for (int from = 0; from + size <= hashes.length(); from += size) {
      list.add(hashes.substring(from, from + size));
    }
    return list;
  }
}
