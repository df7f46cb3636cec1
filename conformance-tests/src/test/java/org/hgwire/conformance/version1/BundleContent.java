// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupDecoder;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;

/**
 * A whole bundle, or a changegroup without one, decoded by the decoders of the library.
 *
 * @param parts the parts; one changegroup that has no name if there is no bundle around it
 */
public record BundleContent(List<Part> parts) {
  /** The parts other than changegroups that hg sends. */
  private static final Set<String> ACCEPTED =
      Set.of(
          "bookmarks",
          "cache:rev-branch-cache",
          "hgtagsfnodes",
          "listkeys",
          "obsmarkers",
          "phase-heads",
          "reply:changegroup",
          "replycaps",
          "stream2");

  /**
   * A part.
   *
   * @param name its name, as it is spelled
   * @param parameters its parameters, the keys of advisory ones in brackets
   * @param payload the payload, empty for a changegroup
   * @param groups the delta groups of a changegroup
   */
  public record Part(
      String name, Map<String, String> parameters, ByteString payload, List<Group> groups) {
    /** Returns the name in lower case. */
    public String type() {
      return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the revisions of all groups. */
    public Stream<Revision> revisions() {
      return groups.stream().flatMap(group -> group.revisions().stream());
    }
  }

  /** A delta group. */
  public record Group(Segment segment, ByteString path, List<Revision> revisions) {}

  /** A revision. */
  public record Revision(DeltaHeader header, ByteString delta) {}

  /** Returns the parts of {@code type}, in order. */
  List<Part> parts(String type) {
    return parts.stream().filter(part -> part.type().equals(type)).toList();
  }

  /** Returns the outline: a line for each part, with the number of its revisions. */
  String outline() {
    StringBuilder lines = new StringBuilder();
    for (Part part : parts) {
      lines.append(part.name().isEmpty() ? "changegroup without a bundle" : part.name());
      part.parameters().forEach((key, value) -> lines.append(' ').append(key + "=" + value));
      for (Segment segment : Segment.values()) {
        long count =
            part.groups().stream()
                .filter(group -> group.segment() == segment)
                .mapToLong(group -> group.revisions().size())
                .sum();
        if (count > 0) {
          lines
              .append(", ")
              .append(count)
              .append(' ')
              .append(segment.name().toLowerCase(Locale.ROOT));
        }
      }
      if (!part.payload().isEmpty()) {
        lines.append(", ").append(part.payload().length()).append(" bytes");
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  /** Decodes all of {@code bytes}: a bundle, else a changegroup 01. */
  public static BundleContent of(ByteString bytes) {
    return of(bytes, Math.max(1, bytes.length()));
  }

  /** Decodes all of {@code bytes}, in pieces of {@code size}. */
  static BundleContent of(ByteString bytes, int size) {
    if (bytes.startsWith(ByteString.utf8("HG"))) {
      try (BundleDecoder decoder = new BundleDecoder(WireLimits.defaults(), ACCEPTED)) {
        return new BundleContent(new BundleCollector().collect(decoder, bytes, size));
      }
    }
    ChangegroupDecoder decoder =
        new ChangegroupDecoder(Changegroup.of(ChangegroupVersion.V01), WireLimits.defaults());
    return new BundleContent(new BundleCollector().collect(decoder, bytes, size));
  }
}
