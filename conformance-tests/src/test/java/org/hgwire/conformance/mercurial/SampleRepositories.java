// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Repositories created by a real hg, with the same changesets every time, whatever its version.
 * Each is created once per version and build directory, and copied for each test.
 */
public final class SampleRepositories {
  private final Hg hg;

  /** Creates repositories with {@code hg}. */
  public SampleRepositories(Hg hg) {
    this.hg = hg;
  }

  /** Creates an empty repository. */
  public Path empty(Path directory) {
    hg.run(RealHg.target(), "init", directory.toString());
    return directory;
  }

  /**
   * Creates a repository with a bit of everything: merges, branches (one closed), bookmarks,
   * renames, copies, binary and empty files, flags, names that are not UTF-8, drafts, secrets.
   */
  public Path rich(Path directory) {
    Path made = once("rich", path -> script(path, "first"));
    return copy(made, directory);
  }

  /** Creates the repository that {@link #rich} becomes by {@link #addTo}. */
  public Path grown(Path directory) {
    Path made =
        once(
            "grown",
            path -> {
              rich(path);
              script(path, "second");
            });
    return copy(made, directory);
  }

  /** Adds changesets to a {@link #rich} repository, moves bookmarks, publishes drafts. */
  public void addTo(Path rich) {
    run("rm", "-rf", rich + "/.hg");
    grown(rich);
  }

  /** Creates a repository of 301 changesets with a merge; each adds a file and changes another. */
  public Path large(Path directory) {
    Path made =
        once(
            "large-untagged",
            path -> {
              hg.run(RealHg.target(), "init", path.toString());
              publishNothing(path);
              hg.run(path, "debugbuilddag", "-q", "-n", "-m", "+100:a+50:b*a+49/b+100");
              run("rm", path + "/.hg/localtags");
            });
    return copy(made, directory);
  }

  /** Creates a repository of some 200 random changesets, the same every time. */
  public Path random(Path directory) {
    return copy(
        once("random-200", path -> RandomHistory.make(hg, path, 200, 20_231_126)), directory);
  }

  /**
   * Creates the small repositories of the transcripts of version 1: {@code wire}, which does not
   * publish and has a bit of everything, {@code heads}, which publishes, and {@code empty}.
   */
  public Path forTranscripts(Path directory) {
    Path made =
        once(
            "wire", path -> hg.runScript(RealHg.script("make-wire-repositories"), path.toString()));
    run("cp", "-a", made.toString(), directory.toString());
    return directory;
  }

  /** Configures {@code repository} so that drafts stay drafts when they are pulled. */
  public static void publishNothing(Path repository) {
    try {
      Files.writeString(repository.resolve(".hg/hgrc"), "[phases]\npublish = False\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void script(Path path, String step) {
    hg.runScript(RealHg.script("make-repository"), path.toString(), step);
  }

  private Path once(String name, Consumer<Path> recipe) {
    synchronized (SampleRepositories.class) {
      return create(name, recipe);
    }
  }

  private Path create(String name, Consumer<Path> recipe) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      for (String script : List.of("make-repository", "make-wire-repositories")) {
        digest.update(Files.readAllBytes(RealHg.script(script)));
      }
      String hash = HexFormat.of().formatHex(digest.digest(), 0, 6);
      Path made =
          RealHg.target().resolve("repositories").resolve(name + "-" + hg.version() + "-" + hash);
      if (!Files.isDirectory(made)) {
        Files.createDirectories(made.getParent());
        Path part = Files.createTempDirectory(made.getParent(), name).resolve(name);
        recipe.accept(part);
        Files.move(part, made);
        Files.delete(part.getParent());
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Copies with cp, as this JVM's encoding may not be able to represent the file names. */
  private static Path copy(Path from, Path to) {
    run("mkdir", "-p", to.toString());
    run("cp", "-a", from + "/.hg", to.toString());
    return to;
  }

  private static void run(String... line) {
    Hg.run(new ProcessBuilder(line), "").orThrow();
  }
}
