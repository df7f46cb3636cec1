// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.command.Node;

/**
 * Why our response differs from that of hg 5.6.1 to the same request. All else is equal but for the
 * words of errors, the order of revisions (here that of the repository) and the form of deltas.
 */
enum IntendedDifference {
  /** Phases of the roots are sent too, as the text allows: the client may know them as drafts. */
  PHASES_OF_ROOTS {
    @Override
    boolean explains(Comparison comparison) {
      List<String> rest = new ArrayList<>(comparison.missing());
      for (String line : comparison.superfluous()) {
        Matcher matcher = PHASE.matcher(line);
        if (!matcher.matches() || (matcher.group(2) != null && !rest.remove(matcher.group(2)))) {
          return false;
        }
      }
      return comparison.calls("changesetdata") && rest.isEmpty() && fail(comparison, false, false);
    }
  },

  /**
   * Without parents a file revision is linked to the first requested changeset that has it: for hg
   * in the order of the request, here in that of the repository, so that it is not linked to a
   * descendant of another.
   */
  LINKS {
    @Override
    boolean explains(Comparison comparison) {
      return comparison.calls("filesdata")
          && CborBoolean.FALSE.equals(comparison.request().arguments().get("haveparents"))
          && unlinked(comparison.missing()).equals(unlinked(comparison.superfluous()))
          && comparison.superfluous().stream().allMatch(line -> isLinked(comparison, line))
          && fail(comparison, false, false);
    }
  },

  /** hg serves manifests of secret and obsolete changesets. */
  HIDDEN_MANIFESTS {
    @Override
    boolean explains(Comparison comparison) {
      return comparison.calls("manifestdata")
          && names(comparison, Segment.MANIFESTS, ByteString.empty())
          && comparison.superfluous().isEmpty()
          && fail(comparison, false, true);
    }
  },

  /** hg looks a removed file up in the manifest when the client has the parents. */
  REMOVED_FILES {
    @Override
    boolean explains(Comparison comparison) {
      return comparison.calls("filesdata")
          && CborBoolean.TRUE.equals(comparison.request().arguments().get("haveparents"))
          && Objects.toString(comparison.theirs().error()).contains("No such manifest entry")
          && fail(comparison, true, false);
    }
  },

  /**
   * hg sends what a changeset lists as changed also when a parent, which the client has, has the
   * same file revision.
   */
  FILES_OF_PARENTS {
    @Override
    boolean explains(Comparison comparison) {
      return comparison.calls("filesdata")
          && CborBoolean.TRUE.equals(comparison.request().arguments().get("haveparents"))
          && comparison.superfluous().stream().allMatch(line -> line.startsWith("totalitems="))
          && comparison.missing().stream()
              .filter(line -> line.contains("node="))
              .allMatch(line -> parentsHave(comparison, line))
          && fail(comparison, false, false);
    }
  },

  /** hg sends a record for any bytes that are called a node, and takes anything for true. */
  UNCHECKED_ARGUMENTS {
    @Override
    boolean explains(Comparison comparison) {
      String arguments = DiagnosticNotation.print(comparison.request().arguments());
      return ((comparison.calls("changesetdata")
                  && comparison.missing().stream()
                      .filter(line -> line.startsWith("node="))
                      .anyMatch(line -> !isServed(comparison, line)))
              || (comparison.calls("heads") && !arguments.matches("\\{.*:(true|false)}")))
          && comparison.superfluous().isEmpty()
          && fail(comparison, false, true);
    }
  },

  /** A range up to no heads is empty; hg refuses it. The text wants the heads defined. */
  EMPTY_RANGES {
    @Override
    boolean explains(Comparison comparison) {
      return Objects.toString(comparison.theirs().error()).contains("cannot be empty")
          && comparison.superfluous().size() == 1
          && comparison.superfluous().get(0).startsWith("totalitems=0")
          && fail(comparison, true, false);
    }
  },

  /** hg fails with the number of a hidden changeset that also has the file revision. */
  ALSO_HIDDEN_FILES {
    @Override
    boolean explains(Comparison comparison) {
      return (comparison.calls("filedata") || comparison.calls("filesdata"))
          && Objects.toString(comparison.theirs().error()).matches("[0-9]+")
          && fail(comparison, true, false);
    }
  },

  /** The number of a hidden changeset is no number, and may be the beginning of a hash. */
  HIDDEN_NUMBERS {
    @Override
    boolean explains(Comparison comparison) {
      return comparison.calls("lookup")
          && Objects.toString(comparison.theirs().error()).contains("filtered revision")
          && comparison.ours().objects().size() == 1
          && startsWithKey(comparison)
          && fail(comparison, true, false);
    }
  },

  /** hg lists roots of phases that are obsolete. */
  HIDDEN_ROOTS {
    @Override
    boolean explains(Comparison comparison) {
      if (!comparison.calls("listkeys") || comparison.missing().size() != 1) {
        return false;
      }
      List<String> theirs = words(comparison.missing());
      theirs.removeAll(words(comparison.superfluous()));
      return theirs.stream().allMatch(root -> isHidden(comparison, root.substring(0, 40)))
          && fail(comparison, false, false);
    }
  };

  private static final Pattern PHASE =
      Pattern.compile("((bookmarks=\\S+ node=\\S+)|node=\\S+) phase=\\S+");

  private static final Pattern LINK =
      Pattern.compile("linknode=h'([0-9a-f]{40})' node=h'([0-9a-f]{40})'.*");

  /** Returns whether this, and nothing else, is why the responses differ. */
  abstract boolean explains(Comparison comparison);

  /** Returns whether this explains how responses differ. */
  static boolean isListed(Comparison comparison) {
    return Arrays.stream(values()).anyMatch(each -> each.explains(comparison));
  }

  private static boolean fail(Comparison comparison, boolean theirs, boolean ours) {
    return (comparison.theirs().error() != null) == theirs
        && (comparison.ours().error() != null) == ours;
  }

  private static List<String> unlinked(List<String> lines) {
    return lines.stream().map(line -> line.replaceFirst("^linknode=\\S+ ", "")).sorted().toList();
  }

  /** Returns whether the manifest of the changeset of a link has the file revision. */
  private static boolean isLinked(Comparison comparison, String line) {
    Matcher matcher = LINK.matcher(line);
    return matcher.matches() && has(comparison, Node.fromHex(matcher.group(1)), matcher.group(2));
  }

  private static boolean parentsHave(Comparison comparison, String line) {
    Matcher matcher = LINK.matcher(line);
    return matcher.matches()
        && comparison
            .served()
            .parents(Segment.CHANGESETS, ByteString.empty(), Node.fromHex(matcher.group(1)))
            .present()
            .stream()
            .anyMatch(parent -> has(comparison, parent, matcher.group(2)));
  }

  private static boolean has(Comparison comparison, Node link, String file) {
    ByteString changeset = comparison.served().text(Segment.CHANGESETS, ByteString.empty(), link);
    if (changeset == null) {
      return false;
    }
    Node manifest = Node.fromHex(changeset.substring(0, 40).utf8());
    ByteString files = comparison.served().text(Segment.MANIFESTS, ByteString.empty(), manifest);
    return files != null && files.utf8().contains("\0" + file);
  }

  /** Returns whether one of the requested nodes may not be served. */
  private static boolean names(Comparison comparison, Segment segment, ByteString path) {
    CborArray nodes = (CborArray) comparison.request().arguments().require("nodes");
    return nodes.items().stream()
        .anyMatch(node -> comparison.served().text(segment, path, node(node)) == null);
  }

  private static boolean startsWithKey(Comparison comparison) {
    CborBytes key = (CborBytes) comparison.request().arguments().require("key");
    Node found = node(comparison.ours().objects().get(0));
    return found.hex().startsWith(key.value().utf8()) && !isHidden(comparison, found.hex());
  }

  /** Returns whether a line begins with the node of a changeset that may be served. */
  private static boolean isServed(Comparison comparison, String line) {
    String hex = line.replaceFirst("node=h'([0-9a-f]*)'.*", "$1");
    return hex.length() == 2 * Node.BYTES && !isHidden(comparison, hex);
  }

  private static boolean isHidden(Comparison comparison, String hex) {
    Node node = Node.fromHex(hex);
    return comparison.served().text(Segment.CHANGESETS, ByteString.empty(), node) == null;
  }

  private static Node node(CborValue value) {
    return Node.of(((CborBytes) value).value());
  }

  private static List<String> words(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(line.split(" ")))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
