// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * The attribute DIGEST: {@code algorithm:hex[,algorithm:hex]…}.
 *
 * @param hashes hashes by known algorithms, each of the right length
 * @param unknown names of unknown algorithms
 * @param fault what is wrong with the rest, as a clause, or null
 */
public record DigestAttribute(
    Map<HashAlgorithm, ByteString> hashes, List<String> unknown, @Nullable String fault) {
  /** Copies the collections. */
  public DigestAttribute {
    hashes = Map.copyOf(hashes);
    unknown = List.copyOf(unknown);
  }

  /** Parses the value of the attribute; nothing is thrown. */
  public static DigestAttribute parse(String value) {
    Map<HashAlgorithm, ByteString> hashes = new EnumMap<>(HashAlgorithm.class);
    List<String> unknown = new ArrayList<>();
    String fault = null;
    for (String part : value.split(",", -1)) {
      int colon = part.indexOf(':');
      if (colon <= 0) {
        fault = Bundlespec.quoted(part) + " is not of the form algorithm:hex";
        continue;
      }
      String name = part.substring(0, colon);
      String hex = part.substring(colon + 1);
      HashAlgorithm algorithm = HashAlgorithm.find(ByteString.utf8(name));
      if (algorithm == null) {
        unknown.add(name);
      } else if (!hex.matches("[0-9A-Fa-f]*") || hex.length() != 2 * algorithm.size()) {
        fault = "a hash of " + name + " is " + 2 * algorithm.size() + " hexadecimal digits";
      } else {
        ByteString hash = ByteString.fromHex(hex.toLowerCase(Locale.ROOT));
        ByteString before = hashes.putIfAbsent(algorithm, hash);
        if (before != null && !before.equals(hash)) {
          fault = "there are two different hashes of " + name;
        }
      }
    }
    return new DigestAttribute(hashes, unknown, fault);
  }

  /**
   * Returns the hashes that the file is checked against: all by known algorithms, of which at least
   * one is accepted as proof.
   *
   * @param allowSha1 whether a hash by SHA-1 alone is accepted
   * @throws RedirectException with {@link RedirectFault#HASH_LENGTH} if one is malformed, with
   *     {@link RedirectFault#NO_USABLE_HASH} if none is accepted
   */
  public Map<HashAlgorithm, ByteString> require(boolean allowSha1) throws RedirectException {
    if (fault != null) {
      throw new RedirectException(
          RedirectFault.HASH_LENGTH, "the DIGEST of a clone bundle is malformed: " + fault);
    }
    boolean proves = hashes.keySet().stream().anyMatch(a -> a.isCollisionResistant() || allowSha1);
    if (!proves) {
      throw new RedirectException(
          RedirectFault.NO_USABLE_HASH,
          "the DIGEST of a clone bundle has no hash of sha256 or sha512"
              + (hashes.isEmpty() ? "" : ", and sha1 is not allowed"));
    }
    return hashes;
  }

  /** Returns the value of the attribute, with the hashes by known algorithms. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      ByteString hash = hashes.get(algorithm);
      if (hash != null) {
        text.append(text.isEmpty() ? "" : ",").append(algorithm.wireName().utf8());
        text.append(':').append(hash.hex());
      }
    }
    return text.toString();
  }
}
