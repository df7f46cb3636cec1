// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The terminal, if there is one. */
final class Terminal {
  private Terminal() {}

  /** Returns whether standard input and output are a terminal. */
  static boolean isInteractive() {
    return console() != null;
  }

  /** Prompts for a password without echo; returns an empty one if there is no terminal. */
  static String readPassword(String user) {
    Console console = console();
    char[] typed = console == null ? null : console.readPassword("password of %s: ", user);
    return typed == null ? "" : new String(typed);
  }

  @SuppressWarnings("SystemConsoleNull") // isTerminal is checked below
  private static @Nullable Console console() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      // Since Java 22 there is a console even without a terminal, and a method to tell.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
    } catch (NoSuchMethodException e) {
      return console;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
