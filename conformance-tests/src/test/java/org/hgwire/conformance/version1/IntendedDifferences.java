// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.conformance.version1.BundleContent.Part;
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
 *   <li>A batch with an escape that there is not is malformed.
 *   <li>The parts of a bundle that only save time, {@code hgtagsfnodes} and {@code
 *       cache:rev-branch-cache}, may be missing; {@code BOOKMARKS} is there also without bookmarks,
 *       which saves the client a request.
 *   <li>Changegroups 03 are served to all that read them; hg before 7.0 does that only when it is
 *       told to. What is asked for and not served is ignored or an error outside a bundle.
 *   <li>A delta may be against another base that the client has; manifests that the client has are
 *       not sent again.
 *   <li>Lines, revisions and heads of phases may come in another order; a response may be
 *       compressed otherwise.
 *   <li>A command that is not advertised is unknown.
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

  /** The length of an entry of {@code PHASE-HEADS}: a phase and a node. */
  private static final int PHASE_HEAD = 4 + Node.BYTES;

  private static final String ERROR = "application/hg-error";

  private final @Nullable KnownRevisions revisions;

  /** Compares responses about a repository with these revisions, or null if it is empty. */
  IntendedDifferences(@Nullable KnownRevisions revisions) {
    this.revisions = revisions;
  }

  /** Fails if the responses differ where they should not. */
  void check(Exchange theirs, Exchange ours) {
    String request = theirs.target() + " " + Recordings.arguments(theirs);
    String body = ours.responseBody().excerpt();
    if (isRefusedHere(theirs)) {
      assertThat(isError(ours)).as(request + ": " + body).isTrue();
    } else if (theirs.status() == 500) {
      assertThat(isError(ours) || isObsmarkers(theirs)).as(request + ": " + body).isTrue();
    } else if (theirs.status() != 200) {
      assertThat(ours.status()).as(request).isEqualTo(theirs.status());
    } else {
      assertThat(isError(ours)).as(request + ": " + body).isFalse();
      switch (Payloads.command(theirs)) {
        case "capabilities" ->
            assertThat(capabilities(ours)).as(request).isEqualTo(capabilities(theirs));
        case "getbundle" -> checkBundles(theirs, ours, request);
        default ->
            assertThat(lines(ours.responseBody().utf8()))
                .as(request)
                .isEqualTo(lines(text(theirs)));
      }
    }
  }

  private static boolean isError(Exchange ours) {
    String type = ours.responseHeaders().getOrDefault("content-type", "");
    return ours.status() == 400 || (ours.status() == 200 && type.equals(ERROR));
  }

  private static boolean isRefusedHere(Exchange request) {
    Map<String, String> arguments = Recordings.arguments(request);
    return Payloads.command(request).equals("clonebundles")
        || arguments.getOrDefault("cmds", "").contains("a:b")
        || arguments.getOrDefault("bundlecaps", "").endsWith("changegroup%3D09");
  }

  private static boolean isObsmarkers(Exchange request) {
    return Recordings.arguments(request).containsKey("obsmarkers");
  }

  private static List<String> lines(String text) {
    return Stream.of(text.split("\n", -1)).sorted().toList();
  }

  private static Set<String> capabilities(Exchange exchange) {
    Set<String> names = new TreeSet<>();
    for (String each : exchange.responseBody().utf8().strip().split(" ", -1)) {
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

  private void checkBundles(Exchange theirs, Exchange ours, String request) {
    if (Recordings.arguments(theirs).getOrDefault("bundlecaps", "").endsWith("changegroup%3D03")
        && isErrorBundle(theirs)) {
      assertThat(bundle(ours)).isNotEmpty();
      return;
    }
    List<String> expected = bundle(theirs);
    List<String> sent = bundle(ours);
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(sent);
    List<String> superfluous = new ArrayList<>(sent);
    superfluous.removeAll(expected);
    assertThat(missing).as("missing in the response to " + request).isEmpty();
    assertThat(superfluous).as("superfluous in the response to " + request).isEmpty();
    assertThat(sent).hasSameSizeAs(expected);
  }

  private static boolean isErrorBundle(Exchange exchange) {
    return Payloads.stream(exchange).toString().contains("no common changegroup version");
  }

  /** Returns what a bundle has, a line each. */
  private List<String> bundle(Exchange exchange) {
    List<String> lines = new ArrayList<>();
    for (Part part : BundleContent.of(Payloads.stream(exchange)).parts()) {
      boolean none = part.payload().isEmpty() && part.groups().isEmpty();
      if (!CACHES.contains(part.type()) && !none) {
        Map<String, String> parameters = new TreeMap<>(part.parameters());
        parameters.computeIfPresent("version", (key, version) -> version.replace("03", "02"));
        String name = part.name() + " " + parameters;
        lines.add(name);
        for (String line : content(part, Recordings.nodes(exchange, "common"))) {
          lines.add(name + ": " + line);
        }
      }
    }
    return lines;
  }

  private Collection<String> content(Part part, List<Node> common) {
    if (!part.groups().isEmpty()) {
      return revisions == null ? List.of() : revisions.check(part, common);
    }
    if (part.type().equals("phase-heads")) {
      List<String> heads = new ArrayList<>();
      for (int at = 0; at < part.payload().length(); at += PHASE_HEAD) {
        heads.add(part.payload().substring(at, at + PHASE_HEAD).hex());
      }
      return heads;
    }
    return part.type().equals("listkeys")
        ? lines(part.payload().utf8())
        : List.of(part.payload().toString());
  }
}
