// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The person at the terminal, if there is one. */
final class Terminal {
  private Terminal() {}

  /** Returns whether standard input and output are a terminal. */
  static boolean isInteractive() {
    return console() != null;
  }

  /** Asks for a password without showing it; an empty one if there is nobody to ask. */
  static String readPassword(String user) {
    Console console = console();
    char[] typed = console == null ? null : console.readPassword("password of %s: ", user);
    return typed == null ? "" : new String(typed);
  }

  @SuppressWarnings("SystemConsoleNull") // what that warns of is checked below
  private static @Nullable Console console() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      // From Java 22 on there is a console without a terminal too, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
    } catch (NoSuchMethodException e) {
      return console;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
