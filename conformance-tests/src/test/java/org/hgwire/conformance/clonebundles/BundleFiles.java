// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.conformance.mercurial.Hg;

/** Bundles that a real hg creates, and what hg reports about a repository. */
final class BundleFiles {
  /** The types that {@code hg bundle} creates. */
  static final String[] TYPES = {
    "none-v1", "gzip-v1", "bzip2-v1", "none-v2", "gzip-v2", "bzip2-v2", "zstd-v2"
  };

  /** A changegroup 03 with phases, in bzip2, as only a backup of the strip extension is. */
  static final String STRIPPED = "stripped-03";

  private final Hg hg;
  private final Path directory;

  /** Creates bundles in {@code directory}. */
  BundleFiles(Hg hg, Path directory) {
    this.hg = hg;
    this.directory = directory;
  }

  /** Returns the bundle of all changesets; {@link #STRIPPED} removes them from the repository. */
  byte[] all(Path repository, String type) throws IOException {
    return type.equals(STRIPPED) ? stripped(repository) : of(repository, "all()", type);
  }

  /** Returns the bundle of some changesets and all their ancestors. */
  byte[] of(Path repository, String revisions, String type) throws IOException {
    Path file = directory.resolve(type + ".hg");
    hg.run(
        repository, "bundle", "-q", "--base", "null", "-r", revisions, "-t", type, file.toString());
    return Files.readAllBytes(file);
  }

  private byte[] stripped(Path repository) throws IOException {
    hg.run(
        repository,
        "--config",
        "extensions.strip=",
        "--config",
        "experimental.changegroup3=true",
        "strip",
        "-q",
        "-f",
        "-r",
        "roots(all())");
    try (Stream<Path> files = Files.list(repository.resolve(".hg/strip-backup"))) {
      return Files.readAllBytes(files.findFirst().orElseThrow());
    }
  }

  /** Returns what hg counts in a repository, without bytes. */
  PullSummary counts(Path repository) {
    long changesets = hg.run(repository, "log", "-r", "all()", "-T", "{node}\n").lines().count();
    long manifests =
        hg.run(repository, "log", "-r", "all()", "-T", "{manifest % '{node}'}\n")
            .lines()
            .filter(line -> !line.isEmpty() && !line.equals("0".repeat(40)))
            .distinct()
            .count();
    Matcher counts =
        Pattern.compile("with ([0-9]+) changes to").matcher(hg.run(repository, "verify"));
    if (!counts.find()) {
      throw new AssertionError("hg verify counts nothing");
    }
    return new PullSummary(changesets, manifests, Long.parseLong(counts.group(1)), 0);
  }
}
