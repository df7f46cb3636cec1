// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hgwire.core.ByteString;

final class ContentHasherTest {
  @Property(tries = 200)
  void hashesDoNotDependOnTheBuffers(
      @ForAll @IntRange(max = 5000) int size,
      @ForAll @IntRange(min = 1, max = 1500) int segment,
      @ForAll @IntRange(min = 1, max = 2000) int piece)
      throws NoSuchAlgorithmException {
    byte[] bytes = TestContent.bytes(size, size);
    ContentHasher hasher = new ContentHasher(ByteString.utf8("x/y"), segment);
    for (int at = 0; at < size; at += piece) {
      hasher.update(ByteBuffer.wrap(bytes, at, Math.min(piece, size - at)));
    }
    assertThat(hasher.size()).isEqualTo(size);
    ContentDescription content = hasher.describe();

    List<ByteString> segments = new ArrayList<>();
    for (int at = 0; at < size; at += segment) {
      segments.add(hash("SHA-256", bytes, at, Math.min(segment, size - at)));
    }
    assertThat(content.size()).isEqualTo(size);
    assertThat(content.sha256()).isEqualTo(hash("SHA-256", bytes, 0, size));
    assertThat(content.sha1()).isEqualTo(hash("SHA-1", bytes, 0, size));
    assertThat(content.segments().hashes()).isEqualTo(segments);
    assertThat(content.segments().segmentSize()).isEqualTo(segment);
  }

  private static ByteString hash(String algorithm, byte[] bytes, int from, int length)
      throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance(algorithm);
    digest.update(bytes, from, length);
    return ByteString.copyOf(digest.digest());
  }
}
