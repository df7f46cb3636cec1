// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The subcommands of {@code hgwire}. Only the one that the arguments name is set up, because
 * setting up all of them takes longer than most run.
 */
final class Subcommands {
  private static final Map<String, Class<?>> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("bench", BenchCommand.class),
              Map.entry("bundle", BundleCommand.class),
              Map.entry("bundles", BundlesCommand.class),
              Map.entry("call", CallCommand.class),
              Map.entry("cat", CatCommand.class),
              Map.entry("cbor", CborCommand.class),
              Map.entry("completion", CompletionCommand.class),
              Map.entry("conformance", ConformanceCommand.class),
              Map.entry("demo", DemoCommand.class),
              Map.entry("files", FilesCommand.class),
              Map.entry("frames", FramesCommand.class),
              Map.entry("log", LogCommand.class),
              Map.entry("man", ManCommand.class),
              Map.entry("manifest", ManifestCommand.class),
              Map.entry("pull", PullCommand.class),
              Map.entry("serve", ServeCommand.class),
              Map.entry("verify", VerifyCommand.class)));

  /** Those that print something about all subcommands. */
  private static final Set<String> ABOUT_ALL = Set.of("completion", "man");

  private Subcommands() {}

  /**
   * Adds to {@code root} the subcommand that {@code arguments} name; all if they name none, or one
   * that is about all.
   */
  static void addTo(CommandLine root, String... arguments) {
    String name = firstWord(arguments);
    Class<?> named = name == null || ABOUT_ALL.contains(name) ? null : ALL.get(name);
    if (named == null) {
      ALL.forEach(root::addSubcommand);
    } else {
      root.addSubcommand(name, named);
    }
  }

  /** The options before a subcommand take no values. */
  private static @Nullable String firstWord(String... arguments) {
    for (String argument : arguments) {
      if (!argument.startsWith("-")) {
        return argument;
      }
    }
    return null;
  }
}
