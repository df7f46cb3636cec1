// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.ValueReader;

/** The rules of a path filter, as sets in which the directories of a path are looked up. */
final class PathRules {
  private static final ByteString PATH = ByteString.utf8("path:");
  private static final ByteString ROOT_FILES_IN = ByteString.utf8("rootfilesin:");
  private static final ByteString HERE = ByteString.utf8(".");
  private static final ByteString UP = ByteString.utf8("..");
  private static final byte SLASH = '/';

  /** Files, and directories with everything below them; the empty path is the root. */
  private final Set<ByteString> paths = new HashSet<>();

  /** Directories whose files match but not their subdirectories; the empty path is the root. */
  private final Set<ByteString> directories = new HashSet<>();

  private PathRules() {}

  static PathRules of(List<ByteString> rules, String key, int maxLength) {
    PathRules result = new PathRules();
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
        result.paths.add(normalise(rule.substring(PATH.length(), rule.length())));
      } else if (rule.startsWith(ROOT_FILES_IN)) {
        result.directories.add(normalise(rule.substring(ROOT_FILES_IN.length(), rule.length())));
      } else {
        throw ValueReader.request("path filter")
            .fault(key + " holds " + rule.excerpt() + ", not a rule of path: or rootfilesin:");
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
    if (paths.contains(ByteString.empty()) || paths.contains(path)) {
      return true;
    }
    int last = -1;
    for (int slash = path.indexOf(SLASH, 0); slash >= 0; slash = path.indexOf(SLASH, slash + 1)) {
      if (!paths.isEmpty() && paths.contains(path.substring(0, slash))) {
        return true;
      }
      last = slash;
    }
    return !directories.isEmpty()
        && directories.contains(last < 0 ? ByteString.empty() : path.substring(0, last));
  }
}
