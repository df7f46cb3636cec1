// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.util.OptionalLong;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/** Decides how a part is processed (bundle2, Bundle2 Part Types). */
final class KnownParts {
  private static final String CHANGEGROUP = "changegroup";
  private static final String ERROR = "error:";

  /** Any number of this many digits fits in a long. */
  private static final int MAX_COUNT_DIGITS = 18;

  private static final Set<ByteString> CHANGEGROUP_PARAMETERS =
      Set.of(
          ByteString.utf8("version"),
          ByteString.utf8("nbchanges"),
          ByteString.utf8("treemanifest"),
          ByteString.utf8("targetphase"));

  private final Set<String> accepted;

  KnownParts(Set<String> accepted) {
    this.accepted = Set.copyOf(accepted);
  }

  /** Returns whether the caller accepts the raw payload of the part. */
  boolean accepts(PartHeader part) {
    return accepted.contains(part.type());
  }

  /**
   * Returns the changegroup that the payload of the part is, or null if it is to be skipped.
   *
   * @throws WireProtocolException if the part must not be skipped and cannot be read
   */
  @Nullable Changegroup changegroup(PartHeader part) {
    if (part.type().startsWith(ERROR)) {
      throw peerError(part);
    }
    // "A consumer should abort if it encounters a mandatory part it doesn't know how to process."
    if (!part.type().equals(CHANGEGROUP)) {
      return unsupported(part, "is not known");
    }
    for (ByteString key : part.mandatory().keySet()) {
      if (!CHANGEGROUP_PARAMETERS.contains(key)) {
        return unsupported(part, "has the mandatory parameter " + key + ", which is unknown");
      }
    }
    ByteString text = part.parameter("version");
    ChangegroupVersion version =
        text == null ? ChangegroupVersion.V01 : ChangegroupVersion.of(text.toString());
    if (version == null) {
      return unsupported(part, "has the version " + text + ", which is unknown");
    }
    boolean treeManifests = part.parameter("treemanifest") != null;
    if (treeManifests && version != ChangegroupVersion.V03) {
      throw Parameters.malformed(
          "a changegroup of the bundle has tree manifests, and a version that has none: " + text);
    }
    return new Changegroup(version, changesets(part), treeManifests);
  }

  private static OptionalLong changesets(PartHeader part) {
    ByteString count = part.parameter("nbchanges");
    if (count == null) {
      return OptionalLong.empty();
    }
    String digits = count.toString();
    if (digits.isEmpty()
        || digits.length() > MAX_COUNT_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Parameters.malformed("a changegroup of the bundle has the nbchanges " + count);
    }
    return OptionalLong.of(Long.parseLong(digits));
  }

  private static @Nullable Changegroup unsupported(PartHeader part, String problem) {
    if (part.isMandatory()) {
      throw Parameters.fault(
          WireErrorCode.UNSUPPORTED,
          "the bundle has the mandatory part " + part.name() + ", which " + problem);
    }
    return null;
  }

  private static WireProtocolException peerError(PartHeader part) {
    StringBuilder text = new StringBuilder("the bundle ends with ").append(part.name());
    for (String key : new String[] {"message", "hint", "parttype"}) {
      ByteString value = part.parameter(key);
      if (value != null) {
        // ByteString.toString escapes control characters, and a parameter has at most 255 bytes.
        text.append(", ").append(key).append(": ").append(value);
      }
    }
    return new WireProtocolException(
        WireErrorCode.PEER_ERROR, ErrorScope.REQUEST, ErrorOrigin.PEER, text.toString());
  }
}
