// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.ValueReader;

/** The rules of a path filter, as sorted sets. */
final class PathRules {
  private static final ByteString PATH = ByteString.utf8("path:");
  private static final ByteString ROOT_FILES_IN = ByteString.utf8("rootfilesin:");
  private static final ByteString HERE = ByteString.utf8(".");
  private static final ByteString UP = ByteString.utf8("..");
  private static final byte SLASH = '/';

  /** Puts what is below a directory right behind the directory. */
  private static final Comparator<ByteString> BY_DIRECTORY = PathRules::compareByDirectory;

  /**
   * Files, and directories with everything below them; the empty path is the root. No member is
   * below another.
   */
  private final NavigableSet<ByteString> paths = new TreeSet<>(BY_DIRECTORY);

  /** Directories whose files match but not their subdirectories; the empty path is the root. */
  private final NavigableSet<ByteString> directories = new TreeSet<>();

  private PathRules() {}

  static PathRules of(List<ByteString> rules, String key, int maxLength) {
    PathRules result = new PathRules();
    NavigableSet<ByteString> paths = new TreeSet<>(BY_DIRECTORY);
    for (ByteString rule : rules) {
      if (rule.length() > maxLength) {
        throw WireProtocolException.request(
            WireErrorCode.LIMIT,
            "path filter: a rule of "
                + key
                + " has "
                + rule.length()
                + " bytes, which exceeds the limit of "
                + maxLength);
      }
      // "Only the following pattern types are allowed: path:, rootfilesin:."
      if (rule.startsWith(PATH)) {
        paths.add(normalise(rule.substring(PATH.length(), rule.length())));
      } else if (rule.startsWith(ROOT_FILES_IN)) {
        result.directories.add(normalise(rule.substring(ROOT_FILES_IN.length(), rule.length())));
      } else {
        throw ValueReader.request("path filter")
            .fault(key + " holds " + rule.excerpt() + ", not a rule of path: or rootfilesin:");
      }
    }
    for (ByteString path : paths) {
      if (!result.isBelowPath(path)) {
        result.paths.add(path);
      }
    }
    return result;
  }

  /**
   * Returns the path of a rule in the form of manifests. Like Mercurial, this accepts {@code ./d},
   * {@code d//e}, {@code d/} and {@code q/../d}; an absolute path, or one that leaves the root,
   * matches nothing.
   */
  private static ByteString normalise(ByteString path) {
    boolean absolute = path.length() > 0 && path.at(0) == SLASH;
    Deque<ByteString> names = new ArrayDeque<>();
    int from = 0;
    while (from <= path.length()) {
      int to = path.indexOf(SLASH, from);
      if (to < 0) {
        to = path.length();
      }
      ByteString name = path.substring(from, to);
      if (name.equals(UP) && !names.isEmpty() && !names.getLast().equals(UP)) {
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(HERE)) {
        names.addLast(name);
      }
      from = to + 1;
    }
    java.io.ByteArrayOutputStream joined = new java.io.ByteArrayOutputStream(path.length() + 1);
    if (absolute) {
      joined.write(SLASH);
    }
    for (ByteString name : names) {
      if (joined.size() > (absolute ? 1 : 0)) {
        joined.write(SLASH);
      }
      joined.writeBytes(name.toByteArray());
    }
    return ByteString.copyOf(joined.toByteArray());
  }

  boolean match(ByteString path) {
    if (isBelowPath(path)) {
      return true;
    }
    if (directories.isEmpty()) {
      return false;
    }
    int end = Math.max(0, path.length() - 1);
    while (end > 0 && path.at(end) != SLASH) {
      end--;
    }
    return directories.contains(path.substring(0, end));
  }

  /** Returns whether a path is a member of the paths or below one. */
  private boolean isBelowPath(ByteString path) {
    // Only what is below a directory lies between it and the path, and no member is.
    ByteString before = paths.floor(path);
    return before != null
        && path.startsWith(before)
        && (before.isEmpty()
            || path.length() == before.length()
            || path.at(before.length()) == SLASH);
  }

  private static int compareByDirectory(ByteString one, ByteString two) {
    int end = Math.min(one.length(), two.length());
    for (int i = 0; i < end; i++) {
      if (one.at(i) != two.at(i)) {
        return Integer.compare(rank(one.at(i)), rank(two.at(i)));
      }
    }
    return Integer.compare(one.length(), two.length());
  }

  private static int rank(byte each) {
    return each == SLASH ? 0 : 1 + (each & 0xff);
  }
}
