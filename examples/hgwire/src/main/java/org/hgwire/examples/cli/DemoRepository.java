// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.server.repository.memory.MemoryCommit;
import org.hgwire.server.repository.memory.MemoryRepository;

/**
 * A small history with a bit of everything: named branches, merges, a closed branch, bookmarks,
 * renames, copies, removed files, binary and empty files, a script, a symbolic link. It is the same
 * every time.
 */
final class DemoRepository {
  private static final int RELEASES = 6;
  private static final long FIRST_COMMIT = 1_600_000_000L;
  private static final int HOUR = 3600;

  private final MemoryRepository repository = MemoryRepository.publishing();
  private long clock = FIRST_COMMIT;

  private DemoRepository() {}

  /** Returns the repository, with all its changesets. */
  static MemoryRepository create() {
    DemoRepository demo = new DemoRepository();
    demo.fill();
    return demo.repository;
  }

  private void fill() {
    commit("Begin the almanac", "alice <alice@example.org>")
        .write("README", "An almanac of tides.\n")
        .write("almanac/tides.txt", table("tide", 1))
        .write("almanac/moons.txt", table("moon", 1))
        .write("empty", "")
        .commit();
    Node main =
        commit("Add the harbour chart, the printing script and a link", "bob <bob@example.org>")
            .write(ByteString.utf8("charts/harbour.bin"), binary(2048, 1))
            .write(
                ByteString.utf8("tools/print.sh"),
                ByteString.utf8("#!/bin/sh\ncat almanac/*.txt\n"),
                ManifestFlag.EXECUTABLE)
            .write(ByteString.utf8("latest"), ByteString.utf8("almanac"), ManifestFlag.LINK)
            .commit();
    Node stable = main;
    for (int release = 2; release <= RELEASES; release++) {
      main = work(main, release);
      stable = release(stable, main, release);
    }
    main = reorganize(main);
    main = merge(main, stable, "Merge stable");
    repository.bookmark("@", main);
    repository.bookmark("release", stable);
    closedBranch(main);
    repository.phase(repository.tip(), Phase.PUBLIC);
    repository.phase(stable, Phase.PUBLIC);
    repository.phase(main, Phase.PUBLIC);
    Node experiment =
        commit("Try the tides of the next year", "carol <carol@example.org>")
            .parent(main)
            .write("almanac/next.txt", table("tide", RELEASES + 2))
            .commit();
    repository.bookmark("experiment", experiment);
  }

  /** Commits two changesets side by side on the main branch, and their merge. */
  private Node work(Node main, int edition) {
    Node tides =
        commit("Tides, edition " + edition, "alice <alice@example.org>")
            .parent(main)
            .write("almanac/tides.txt", table("tide", edition))
            .commit();
    Node moons =
        commit("Moons, edition " + edition, "bob <bob@example.org>")
            .parent(main)
            .write("almanac/moons.txt", table("moon", edition))
            .write("almanac/notes-" + edition + ".txt", "Notes on edition " + edition + ".\n")
            .commit();
    Node merged = merge(tides, moons, "Merge the moons");
    return commit("Chart of edition " + edition, "carol <carol@example.org>")
        .parent(merged)
        .write(ByteString.utf8("charts/harbour.bin"), binary(2048, edition))
        .commit();
  }

  private Node release(Node stable, Node main, int edition) {
    MemoryCommit commit =
        commit("Release edition " + edition, "alice <alice@example.org>").branch("stable");
    if (edition == 2) {
      return commit.parent(main).write("RELEASE", "edition " + edition + "\n").commit();
    }
    return commit.parents(stable, main).write("RELEASE", "edition " + edition + "\n").commit();
  }

  private Node reorganize(Node main) {
    Node renamed =
        commit("Call the moons by their name", "bob <bob@example.org>")
            .parent(main)
            .rename("almanac/moons.txt", "almanac/phases.txt", table("moon", RELEASES))
            .copy("README", "docs/README", "An almanac of tides.\n")
            .commit();
    Node removed =
        commit("Remove the first notes", "carol <carol@example.org>")
            .parent(renamed)
            .remove("almanac/notes-2.txt")
            .remove("empty")
            .commit();
    return commit("Names are bytes", "d\u00e9sir\u00e9e <desiree@example.org>")
        .parent(removed)
        .write(
            ByteString.copyOf((byte) 'm', (byte) 'a', (byte) 'r', (byte) 0xe9, (byte) 'e'),
            ByteString.utf8("Latin-1.\n"))
        .commit();
  }

  private void closedBranch(Node main) {
    Node attempt =
        commit("Print in colour", "bob <bob@example.org>")
            .parent(main)
            .branch("colour")
            .write("tools/colour.txt", "red\ngreen\nblue\n")
            .commit();
    commit("Too expensive", "bob <bob@example.org>")
        .parent(attempt)
        .branch("colour")
        .closeBranch()
        .commit();
  }

  private Node merge(Node first, Node second, String message) {
    return commit(message, "alice <alice@example.org>").parents(first, second).commit();
  }

  private MemoryCommit commit(String message, String user) {
    clock += HOUR;
    return repository.commit().message(message).user(user).date(clock, -HOUR);
  }

  /** Returns a table of a year; each edition changes some of its lines. */
  private static String table(String what, int edition) {
    StringBuilder text = new StringBuilder();
    for (int day = 1; day <= 365; day++) {
      int value = (day * 37 + (day % 7 < 2 ? edition * 11 : 0)) % 997;
      text.append(what).append(' ').append(day).append(": ").append(value).append('\n');
    }
    return text.toString();
  }

  /** Returns bytes that do not compress well, with a part that differs from edition to edition. */
  private static ByteString binary(int length, int edition) {
    byte[] bytes = new byte[length];
    int state = 12345;
    for (int i = 0; i < length; i++) {
      state = state * 1_103_515_245 + 12345 + (i % 512 == 0 ? edition : 0);
      bytes[i] = (byte) (state >> 16);
    }
    return ByteString.copyOf(bytes);
  }
}
