// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.client.FieldData;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A text or delta as it was sent, by a server or in a bundle; it can be read once.
 *
 * @param size its size in bytes
 * @param inMemory the bytes if they are in memory, else null
 * @param stream at least {@code size} bytes, of which so many are read
 */
record SentData(long size, @Nullable ByteBuffer inMemory, InputStream stream) {
  static SentData of(FieldData data) {
    ByteString bytes = data.bytes();
    return new SentData(data.size(), bytes == null ? null : bytes.asByteBuffer(), data.stream());
  }

  static SentData of(BundleRevision revision) {
    return new SentData(revision.length(), revision.delta(), revision.stream());
  }
}
