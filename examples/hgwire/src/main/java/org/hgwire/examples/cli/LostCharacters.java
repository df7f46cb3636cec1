// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

/**
 * Text from the command line and the environment, which the JVM decodes in the encoding of the
 * locale. In the POSIX locale that is ASCII, and every other byte becomes U+FFFD.
 */
final class LostCharacters {
  private static final char REPLACEMENT = '\ufffd';

  private LostCharacters() {}

  /**
   * Checks the arguments of the command line. They are named by their number, since one may hold a
   * password.
   *
   * @throws IllegalArgumentException if a character of one was lost
   */
  static void requireNoneIn(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      requireNone("argument " + (i + 1), arguments[i]);
    }
  }

  /**
   * Returns {@code text} if none of its characters was lost.
   *
   * @param what what it is, for the message
   * @throws IllegalArgumentException if one was lost
   */
  static String requireNone(String what, String text) {
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    throw new IllegalArgumentException(
        what
            + " has bytes that are not "
            + encoding
            + ", the encoding of the locale, and were lost"
            + (encoding.equalsIgnoreCase("UTF-8")
                ? ": give it in UTF-8"
                : ": run hgwire with LC_ALL=C.UTF-8 in its environment"));
  }
}
