// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Where the content of a redirected response is (wireprotocolrpc, Command Protocol, {@code
 * location}).
 *
 * @param url where it may be requested
 * @param mediaType its media type
 * @param size its size in bytes, if given
 * @param fullHashes hashes of all of it
 * @param fullHashSeed what is fed to the hasher first, or null
 * @param serverCertificates DER certificates of which the server's must be one
 * @param authorityCertificates DER certificates of authorities of which one must have signed the
 *     server's
 */
public record ContentLocation(
    ByteString url,
    ByteString mediaType,
    OptionalLong size,
    List<ContentHash> fullHashes,
    @Nullable ByteString fullHashSeed,
    List<ByteString> serverCertificates,
    List<ByteString> authorityCertificates) {
  /** Copies the lists. */
  public ContentLocation {
    fullHashes = List.copyOf(fullHashes);
    serverCertificates = List.copyOf(serverCertificates);
    authorityCertificates = List.copyOf(authorityCertificates);
  }

  /**
   * A hash of content.
   *
   * @param name the algorithm, as {@code sha256}
   * @param value the raw hash
   */
  public record ContentHash(ByteString name, ByteString value) {}
}
