// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.SegmentHashes;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;

/** Expectations of content, and downloads. */
final class Downloads {
  static final URI URL = URI.create("https://content.test/a");

  private Downloads() {}

  /** A content host that is one function. */
  @FunctionalInterface
  interface Responding extends ContentFetcher {
    @Override
    default void close() {}
  }

  static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(7).nextBytes(content);
    return content;
  }

  static ByteString sha256(byte[] bytes) {
    return ByteString.copyOf(HashAlgorithm.SHA256.newDigest().digest(bytes));
  }

  /** Size and hash. */
  static ContentExpectation whole(byte[] content) {
    return new ContentExpectation(
        OptionalLong.of(content.length),
        1 << 30,
        Map.of(HashAlgorithm.SHA256, sha256(content)),
        ByteString.empty(),
        null);
  }

  /** Size, hash and hashes of segments. */
  static ContentExpectation segmented(byte[] content, int segment) {
    List<ByteString> hashes = new ArrayList<>();
    for (int at = 0; at < content.length; at += segment) {
      hashes.add(sha256(Arrays.copyOfRange(content, at, Math.min(content.length, at + segment))));
    }
    return new ContentExpectation(
        OptionalLong.of(content.length),
        1 << 30,
        Map.of(HashAlgorithm.SHA256, sha256(content)),
        ByteString.empty(),
        new SegmentHashes(HashAlgorithm.SHA256.wireName(), segment, hashes));
  }

  static ContentDownload of(
      ContentFetcher host, ContentExpectation expectation, DownloadOptions options) {
    return ContentDownload.of(
        URL, PinSet.NONE, expectation, (from, url) -> URI.create(url), host, options);
  }

  static ContentDownload of(ContentFetcher host) {
    return of(host, whole(new byte[1]), DownloadOptions.DEFAULT);
  }

  static byte[] readAll(ContentDownload download) throws RedirectException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer next = download.next(); next != null; next = download.next()) {
      byte[] part = new byte[next.remaining()];
      next.get(part);
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
