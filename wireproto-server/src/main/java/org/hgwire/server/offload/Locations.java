// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.PublishedContent;

/** Makes the locations that tell a client where content is and what to check it against. */
final class Locations {
  private Locations() {}

  /** Returns the location of {@code content} for a client that sent {@code offer}. */
  static ContentLocation of(
      ContentDescription content, PublishedContent published, RedirectOffer offer) {
    return new ContentLocation(
        ByteString.utf8(published.url().toASCIIString()),
        content.mediaType(),
        OptionalLong.of(content.size()),
        hashes(content, offer.hashes()),
        null,
        published.serverCertificates(),
        published.authorityCertificates(),
        offer.hashes().contains(content.segments().algorithm()) ? content.segments() : null);
  }

  /** Returns whether there is a hash that the client can check, or it leaves the choice open. */
  static boolean hasHashFor(RedirectOffer offer) {
    return offer.hashes().isEmpty()
        || offer.hashes().contains(HashAlgorithm.SHA256.wireName())
        || offer.hashes().contains(HashAlgorithm.SHA1.wireName());
  }

  /** The hashes that the client named, in its order; all known ones if it named none. */
  private static List<ContentHash> hashes(ContentDescription content, List<ByteString> wanted) {
    List<ContentHash> known =
        List.of(
            new ContentHash(HashAlgorithm.SHA256.wireName(), content.sha256()),
            new ContentHash(HashAlgorithm.SHA1.wireName(), content.sha1()));
    List<ContentHash> chosen = new ArrayList<>();
    for (ByteString name : wanted) {
      for (ContentHash hash : known) {
        if (hash.name().equals(name) && !chosen.contains(hash)) {
          chosen.add(hash);
        }
      }
    }
    return chosen.isEmpty() ? known : chosen;
  }
}
