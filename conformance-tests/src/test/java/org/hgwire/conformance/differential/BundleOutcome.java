// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.exchange.Version1Response;
import org.hgwire.conformance.version1.BundleContent;
import org.hgwire.conformance.version1.BundleContent.Part;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.MarkersDecoder;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.command.Node;

/**
 * What a server sent for a {@code getbundle}.
 *
 * @param kind what it is
 * @param lines of a bundle, a line for each part with its parameters, and one for each thing in it:
 *     a revision with its parents and link, a phase, a bookmark; sorted
 * @param order the names of the parts, in order
 * @param text what an error says, for people
 */
record BundleOutcome(Kind kind, List<String> lines, List<String> order, String text) {
  /** What a response is. */
  enum Kind {
    /** A bundle, or a changegroup without one. */
    BUNDLE,
    /** An error, or a bundle with one in it. */
    ERROR,
    /** Neither. */
    MALFORMED
  }

  /** The length of an entry of {@code PHASE-HEADS}: a phase and a node. */
  private static final int PHASE_HEAD = 4 + Node.BYTES;

  /**
   * Reads a response.
   *
   * @param revisions what the revisions in it must be
   */
  static BundleOutcome of(
      BundleInput input, SentRequest request, HttpResponse http, KnownRevisions revisions) {
    String type = http.mediaType();
    if (http.status() != 200 || !type.startsWith("application/mercurial-0.")) {
      return error(http.status() + " " + type + " " + http.body().utf8().strip());
    }
    BundleContent content;
    try {
      content = BundleContent.of(Version1Response.read(http, request.target()).body());
    } catch (WireProtocolException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains("ERROR:")
          ? error(message)
          : new BundleOutcome(Kind.MALFORMED, List.of(), List.of(), message);
    }
    List<String> lines = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (Part part : content.parts()) {
      order.add(part.name());
      Map<String, String> parameters = new TreeMap<>(part.parameters());
      lines.add(part.name() + " " + parameters);
      for (String line : lines(part, input.nodes("common"), revisions)) {
        lines.add(part.type() + ": " + line);
      }
    }
    lines.sort(null);
    return new BundleOutcome(Kind.BUNDLE, lines, order, "");
  }

  private static BundleOutcome error(String text) {
    return new BundleOutcome(Kind.ERROR, List.of(), List.of(), text);
  }

  private static Collection<String> lines(Part part, List<Node> common, KnownRevisions revisions) {
    if (!part.groups().isEmpty()) {
      try {
        return revisions.check(part, common);
      } catch (AssertionError wrong) {
        return List.of("wrong: " + wrong.getMessage());
      }
    }
    if (part.type().equals("phase-heads")) {
      List<String> heads = new ArrayList<>();
      for (int at = 0; at < part.payload().length(); at += PHASE_HEAD) {
        heads.add(part.payload().substring(at, at + PHASE_HEAD).hex());
      }
      return heads;
    }
    if (part.payload().isEmpty()) {
      return List.of();
    }
    if (part.type().equals("obsmarkers")) {
      return markers(part);
    }
    return part.type().equals("listkeys")
        ? Stream.of(part.payload().utf8().split("\n", -1)).toList()
        : List.of(part.payload().hex());
  }

  private static List<String> markers(Part part) {
    MarkersDecoder decoder = new MarkersDecoder();
    decoder.feed(part.payload().asByteBuffer());
    List<String> markers = new ArrayList<>();
    for (ObsolescenceMarker marker = decoder.poll(); marker != null; marker = decoder.poll()) {
      markers.add(marker.toString());
    }
    decoder.endOfInput();
    return markers;
  }

  boolean isLike(BundleOutcome other) {
    return kind == other.kind && lines.equals(other.lines) && order.equals(other.order);
  }

  /** Returns the lines that only this has. */
  List<String> without(BundleOutcome other) {
    List<String> rest = new ArrayList<>(lines);
    other.lines.forEach(rest::remove);
    return rest;
  }

  @Override
  public String toString() {
    return kind + " " + order + " " + text;
  }
}
