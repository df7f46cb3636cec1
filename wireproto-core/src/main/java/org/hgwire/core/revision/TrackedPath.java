// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Which paths a repository may track: those that stay below its directory, and outside of its
 * {@code .hg}, on every file system. Names that are only odd, or that some platform reserves, are
 * allowed, as Mercurial allows them: backslashes, colons, {@code con}.
 *
 * <p>File systems take more names than one for {@code .hg}: in other case, with dots and spaces at
 * the end (Windows), with code points that are ignored (HFS+), with the name of a stream (NTFS),
 * and as a short name, {@code HG~1} or {@code HG8B6C~1} (FAT and NTFS).
 */
public final class TrackedPath {
  private static final Pattern SHORT_NAME = Pattern.compile("hg(8b6c)?~[0-9]+");

  /** The code points that HFS+ ignores in names. */
  private static final Pattern IGNORED =
      Pattern.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]");

  private TrackedPath() {}

  /**
   * Returns what is wrong with a path, such as "leads out of its repository"; null if nothing is.
   */
  public static @Nullable String fault(ByteString path) {
    byte[] bytes = path.toByteArray();
    return fault(bytes, 0, bytes.length);
  }

  /**
   * Returns what is wrong with the path in {@code bytes} from {@code from} to before {@code to}.
   */
  public static @Nullable String fault(byte[] bytes, int from, int to) {
    if (from == to) {
      return "is empty";
    }
    int part = from;
    for (int i = from; i <= to; i++) {
      if (i == to || bytes[i] == '/') {
        String fault =
            mayBeFaulty(bytes, part, i) ? faultOfPart(bytes, part, i, part == from) : null;
        if (fault != null) {
          return fault;
        }
        part = i + 1;
      }
    }
    return null;
  }

  /** Returns whether a part is worth a closer look: hardly one is. */
  private static boolean mayBeFaulty(byte[] bytes, int from, int to) {
    if (from == to) {
      return true;
    }
    byte first = bytes[from];
    if (first == '.') {
      return from + 1 == to
          || bytes[from + 1] == '.'
          || isH(bytes[from + 1])
          || isIgnored(bytes[from + 1]);
    }
    return isH(first) ? hasTilde(bytes, from, to) : isIgnored(first);
  }

  private static boolean isH(byte letter) {
    return letter == 'h' || letter == 'H';
  }

  /** Returns whether a code point that file systems ignore may begin with a byte. */
  private static boolean isIgnored(byte first) {
    return first == (byte) 0xe2 || first == (byte) 0xef;
  }

  private static boolean hasTilde(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '~') {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String faultOfPart(byte[] bytes, int from, int to, boolean first) {
    String name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (name.isEmpty()) {
      return first ? "is absolute" : "has an empty part";
    }
    if (name.equals(".")) {
      return "has the part .";
    }
    if (name.equals("..")) {
      return "leads out of its repository";
    }
    String folded = IGNORED.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    int colon = folded.indexOf(':');
    String file = stripEnd(colon < 0 ? folded : folded.substring(0, colon));
    return file.equals(".hg") || SHORT_NAME.matcher(file).matches()
        ? "is in a directory .hg"
        : null;
  }

  /** Drops dots and spaces at the end. */
  private static String stripEnd(String name) {
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
      end--;
    }
    return name.substring(0, end);
  }
}
