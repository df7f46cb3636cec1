// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name in the store of a path whose name with escapes is too long: {@code dh/}, the first bytes
 * of its first directories, as much of the file's name as there is room for, the hash of the path,
 * and the extension.
 */
final class HashedName {
  private static final String PREFIX = "dh/";

  /** The length of a directory's name. */
  private static final int DIRECTORY = 8;

  /** The length of all directories, with the slashes between them. */
  private static final int DIRECTORIES = 8 * (DIRECTORY + 1) - 4;

  private HashedName() {}

  /**
   * Returns the name.
   *
   * @param path the path that is hashed, without escapes
   * @param prefix the length of the path's prefix that is not shown
   */
  static String of(String path, int prefix, boolean dotencode) {
    String shown = new PortableParts(dotencode).of(NameEscapes.smallCase(path.substring(prefix)));
    int slash = shown.lastIndexOf('/');
    String file = shown.substring(slash + 1);
    String start = PREFIX + directories(shown.substring(0, slash + 1));
    String end = sha1(path) + file.substring(file.lastIndexOf('.'));
    int room = Math.max(0, StoreNames.MAX_NAME - start.length() - end.length());
    return start + file.substring(0, Math.min(room, file.length())) + end;
  }

  /** Shortens the directories of a path that is empty or ends with a slash. */
  private static String directories(String path) {
    StringBuilder result = new StringBuilder();
    for (int from = 0; from < path.length(); ) {
      int slash = path.indexOf('/', from);
      String name = shortened(path.substring(from, Math.min(slash, from + DIRECTORY)));
      if (result.length() + name.length() > DIRECTORIES) {
        break;
      }
      result.append(name).append('/');
      from = slash + 1;
    }
    return result.toString();
  }

  private static String shortened(String name) {
    int last = name.length() - 1;
    return PortableParts.isDotOrSpace(name.charAt(last)) ? name.substring(0, last) + "_" : name;
  }

  private static String sha1(String path) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(path.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
