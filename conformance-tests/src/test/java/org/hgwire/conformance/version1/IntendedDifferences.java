// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.conformance.version1.BundleContent.Part;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Holds a response of our server against that of hg's own to the same request. They are equal but
 * for this:
 *
 * <ul>
 *   <li>Capabilities: what is not served is not advertised, and {@code httppostargs} is.
 *   <li>What may not be served is an unknown revision. hg calls it filtered, which tells that it is
 *       there.
 *   <li>Where hg fails with status 500, as it does when a head is unknown or an argument is
 *       missing, ours is an error that a person can read.
 *   <li>hg lists obsolescence markers to everybody; here they are served where that is switched on.
 *   <li>The parts of a bundle that only save time, {@code hgtagsfnodes} and {@code
 *       cache:rev-branch-cache}, may be missing.
 *   <li>A delta may be against another base that the client has, and revisions may come in another
 *       order; a response may be compressed otherwise.
 *   <li>The page for an unknown command is text.
 * </ul>
 */
final class IntendedDifferences {
  /** What hg offers and is not served here, and what has a value of its own. */
  private static final Set<String> OTHER_CAPABILITIES =
      Set.of(
          "bundle2",
          "changegroupsubset",
          "clonebundles",
          "clonebundles_manifest",
          "compression",
          "httpheader",
          "httpmediatype",
          "httppostargs",
          "partial-pull",
          "pullbundles",
          "stream",
          "stream-preferred",
          "streamreqs",
          "unbundle",
          "unbundlehash");

  private static final Set<String> CACHES = Set.of("hgtagsfnodes", "cache:rev-branch-cache");

  private static final Pattern FILTERED =
      Pattern.compile("filtered revision ('[^']*') \\(not in 'served' subset\\)");

  private static final String ERROR = "application/hg-error";

  private final @Nullable KnownRevisions revisions;

  /** Compares responses about a repository with these revisions, or null if it is empty. */
  IntendedDifferences(@Nullable KnownRevisions revisions) {
    this.revisions = revisions;
  }

  /** Fails if the responses differ where they should not. */
  void check(Exchange theirs, Exchange ours) {
    String request = theirs.target() + " " + Recordings.arguments(theirs);
    String type = ours.responseHeaders().getOrDefault("content-type", "");
    if (theirs.status() == 500) {
      assertThat(type).as(request).isEqualTo(ERROR);
      assertThat(ours.responseBody().utf8()).as(request).endsWith("\n").hasSizeGreaterThan(10);
    } else if (theirs.status() != 200) {
      assertThat(ours.status()).as(request).isEqualTo(theirs.status());
    } else {
      assertThat(ours.status()).as(request).isEqualTo(200);
      assertThat(type)
          .as(request + ": " + ours.responseBody().excerpt())
          .startsWith("application/mercurial-0.");
      switch (Payloads.command(theirs)) {
        case "capabilities" ->
            assertThat(capabilities(ours)).as(request).isEqualTo(capabilities(theirs));
        case "getbundle" -> assertThat(bundle(ours)).as(request).isEqualTo(bundle(theirs));
        default -> assertThat(ours.responseBody().utf8()).as(request).isEqualTo(text(theirs));
      }
    }
  }

  private static Set<String> capabilities(Exchange exchange) {
    Set<String> names = new TreeSet<>();
    for (String each : exchange.responseBody().utf8().strip().split(" ")) {
      String name = each.replaceFirst("=.*", "");
      if (!OTHER_CAPABILITIES.contains(name)) {
        names.add(each);
      }
    }
    return names;
  }

  private static String text(Exchange theirs) {
    if ("obsolete".equals(Recordings.arguments(theirs).get("namespace"))) {
      return "";
    }
    return FILTERED.matcher(theirs.responseBody().utf8()).replaceAll("unknown revision $1");
  }

  /** Returns what a bundle has, or its error. */
  private List<Object> bundle(Exchange exchange) {
    List<Object> parts = new ArrayList<>();
    try {
      for (Part part : BundleContent.of(Payloads.stream(exchange)).parts()) {
        if (!CACHES.contains(part.type())) {
          parts.add(part(part, Recordings.nodes(exchange, "common")));
        }
      }
    } catch (WireProtocolException error) {
      parts.add(String.valueOf(error.getMessage()));
    }
    return parts;
  }

  private List<Object> part(Part part, List<Node> common) {
    Object content =
        part.groups().isEmpty()
            ? content(part)
            : Objects.requireNonNull(revisions).check(part, common);
    return List.of(part.name(), new TreeMap<>(part.parameters()), content);
  }

  private static Object content(Part part) {
    return part.type().equals("listkeys") || part.type().equals("bookmarks")
        ? part.payload().toString()
        : part.payload().hex();
  }
}
