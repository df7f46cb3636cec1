// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hgwire.conformance.differential.BundleOutcome.Kind;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * How our response to {@code getbundle} differs from that of hg to the same request. Of two bundles
 * every line that only one has must be explained; the explanation of the first counts.
 */
enum BundleDifference implements Explanation<BundleComparison> {
  CACHES("hg adds parts that save the client some work, {hgtagsfnodes} and {rev-branch-cache}.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      return (comparison.input().reads("hgtagsfnodes")
              && (line.equalsIgnoreCase("hgtagsfnodes {}") || line.startsWith("hgtagsfnodes: ")))
          || (comparison.input().reads("rev-branch-cache")
              && (line.equals("cache:rev-branch-cache {}")
                  || line.startsWith("cache:rev-branch-cache: ")));
    }
  },
  HG20_ALONE(
      "A client that names HG20 and no capabilities of bundle2 gets a bundle without a changegroup"
          + " from hg.") {
    @Override
    boolean explainsSuperfluous(BundleComparison comparison, String line) {
      String capabilities = comparison.input().get("bundlecaps");
      return capabilities.contains("HG20") && !capabilities.contains("=") && isChangegroup(line);
    }

    @Override
    boolean explainsKinds(BundleComparison comparison) {
      String capabilities = comparison.input().get("bundlecaps");
      return capabilities.contains("HG20")
          && !capabilities.contains("=")
          && comparison.theirs().kind() == Kind.BUNDLE
          && comparison.theirs().order().isEmpty();
    }
  },
  UNREAD_MARKERS(
      "A client that wants markers, and does not say that it reads them, gets status 500 from hg;"
          + " here it gets no markers.") {
    @Override
    boolean explainsKinds(BundleComparison comparison) {
      BundleInput input = comparison.input();
      return comparison.theirs().text().startsWith("500 ")
          && input.arguments().containsKey("obsmarkers")
          && !input.reads("obsmarkers");
    }
  },
  BARE(
      "A client that reads no bundle2 gets status 500 from hg if it names what only bundle2 has;"
          + " here it gets the changegroup where it asks for nothing else.") {
    @Override
    boolean explainsKinds(BundleComparison comparison) {
      BundleInput input = comparison.input();
      return comparison.theirs().text().startsWith("500 ")
          && !input.get("bundlecaps").contains("HG20")
          && Stream.of("bookmarks", "cbattempted", "cg", "listkeys", "obsmarkers", "phases")
              .anyMatch(input.arguments()::containsKey);
    }
  },
  WORKING_DIRECTORY(
      "The node of forty {f}, which stands for the working directory in hg, is status 500 of hg"
          + " among the common nodes; here it is one that is unknown.") {
    @Override
    boolean explainsKinds(BundleComparison comparison) {
      return comparison.theirs().text().startsWith("500 ")
          && comparison.input().get("common").contains("f".repeat(40));
    }
  },
  TRAILING_SPACE("A space behind the last node is status 500 of hg; here it is skipped.") {
    @Override
    boolean explainsKinds(BundleComparison comparison) {
      return comparison.theirs().text().startsWith("500 ")
          && Stream.of("common", "heads")
              .anyMatch(argument -> comparison.input().get(argument).endsWith(" "));
    }
  },
  UNUSED_NODES("hg does not look at heads and common nodes of a bundle without a changegroup.") {
    @Override
    boolean explainsKinds(BundleComparison comparison) {
      return comparison.theirs().kind() == Kind.BUNDLE
          && comparison.theirs().lines().stream().noneMatch(BundleDifference::isChangegroup)
          && comparison
              .ours()
              .text()
              .matches(".*(is unknown|which is not a node|is not a list of nodes .*)");
    }
  },
  EMPTY_NAMESPACE("hg lists the namespace with the empty name, which has no keys.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      return line.equals("LISTKEYS {namespace=}") && comparison.input().namespaces().contains("");
    }
  },
  REPEATED_NAMESPACE("hg lists a namespace as often as it is named.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      List<String> names = comparison.input().namespaces();
      return names.stream().distinct().count() < names.size()
          && (line.startsWith("LISTKEYS {") || line.startsWith("listkeys: "))
          && (comparison.ours().lines().contains(line) || line.contains("namespace=}"));
    }
  },
  MARKERS_AS_KEYS(
      "hg lists obsolescence markers as keys of the namespace {obsolete}; here they are in"
          + " {OBSMARKERS} alone.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      List<String> names = comparison.input().namespaces();
      return (names.contains("obsolete") && line.startsWith("listkeys: dump"))
          || (names.contains("namespaces") && line.equals("listkeys: obsolete\t"));
    }
  },
  HIDDEN_ROOTS("hg lists hidden changesets among the roots of what is draft.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      return comparison.input().namespaces().contains("phases")
          && comparison.hidden().stream()
              .anyMatch(node -> line.equals("listkeys: " + node + "\t1"));
    }
  },
  NAMED_VERSION(
      "To a client that names no changegroup it reads, hg sends one without {version}; here the"
          + " part names its version, 01.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      return isChangegroup(line)
          && !comparison.input().reads("changegroup")
          && comparison.superfluous().contains(line.replace("}", ", version=01}"));
    }

    @Override
    boolean explainsSuperfluous(BundleComparison comparison, String line) {
      return isChangegroup(line)
          && !comparison.input().reads("changegroup")
          && comparison.missing().contains(line.replace(", version=01}", "}"));
    }
  },
  EMPTY_HEADS(
      "An empty list of heads is all heads; for hg only of the changegroup, so that the phases and"
          + " markers of what it sends are missing.") {
    @Override
    boolean explainsSuperfluous(BundleComparison comparison, String line) {
      return comparison.input().isEmpty("heads")
          && (line.startsWith("phase-heads: ")
              || line.toLowerCase(Locale.ROOT).startsWith("obsmarkers"));
    }
  },
  NULL_HEAD("hg sends the phase of the null node if that is among the heads.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      return line.equals("phase-heads: " + "0".repeat(2 * (Integer.BYTES + Node.BYTES)))
          && comparison.input().get("heads").contains(Node.NULL.hex());
    }
  },
  COVERED_HEADS("hg sends a phase also for heads whose descendants are sent with that phase.") {
    @Override
    boolean explainsMissing(BundleComparison comparison, String line) {
      return line.startsWith("phase-heads: ") && comparison.isCovered(line);
    }
  };

  private final String reason;

  BundleDifference(String reason) {
    this.reason = reason.replace('{', '`').replace('}', '`');
  }

  @Override
  public String id() {
    return "bundles/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String reason() {
    return reason;
  }

  /** Returns whether this is why only hg's bundle has {@code line}. */
  boolean explainsMissing(BundleComparison comparison, String line) {
    return false;
  }

  /** Returns whether this is why only our bundle has {@code line}. */
  boolean explainsSuperfluous(BundleComparison comparison, String line) {
    return false;
  }

  /** Returns whether this is why one is a bundle and the other is not. */
  boolean explainsKinds(BundleComparison comparison) {
    return false;
  }

  private static boolean isChangegroup(String line) {
    return line.toLowerCase(Locale.ROOT).startsWith("changegroup");
  }

  @Override
  public final boolean explains(BundleComparison comparison) {
    if (comparison.theirs().kind() != comparison.ours().kind()) {
      return explainsKinds(comparison);
    }
    return comparison.theirs().kind() == Kind.BUNDLE
        && comparison.hasSameOrder()
        && first(comparison) == this;
  }

  private static @Nullable BundleDifference first(BundleComparison comparison) {
    List<@Nullable BundleDifference> all =
        Stream.concat(
                comparison.missing().stream().map(line -> ofMissing(comparison, line)),
                comparison.superfluous().stream().map(line -> ofSuperfluous(comparison, line)))
            .toList();
    return all.isEmpty() || all.contains(null) ? null : all.get(0);
  }

  private static @Nullable BundleDifference ofMissing(BundleComparison comparison, String line) {
    return Arrays.stream(values())
        .filter(each -> each.explainsMissing(comparison, line))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable BundleDifference ofSuperfluous(
      BundleComparison comparison, String line) {
    return Arrays.stream(values())
        .filter(each -> each.explainsSuperfluous(comparison, line))
        .findFirst()
        .orElse(null);
  }
}
