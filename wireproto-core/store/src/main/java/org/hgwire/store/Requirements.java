// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.core.ByteString;

/**
 * What a reader of a repository must know ({@code hg help internals.requirements}), one name a
 * line. A requirement that is not known here is refused: its files may mean anything.
 */
final class Requirements {
  static final String SHARE_SAFE = "share-safe";
  static final String SHARED = "shared";
  static final String RELATIVE_SHARED = "relshared";
  static final String BOOKMARKS_IN_STORE = "bookmarksinstore";
  static final String REVLOG_V1 = "revlogv1";
  static final String STORE = "store";
  static final String FNCACHE = "fncache";
  static final String DOTENCODE = "dotencode";

  private static final Set<String> READ =
      Set.of(
          SHARE_SAFE,
          SHARED,
          RELATIVE_SHARED,
          BOOKMARKS_IN_STORE,
          REVLOG_V1,
          STORE,
          FNCACHE,
          DOTENCODE,
          "generaldelta",
          "sparserevlog",
          "revlog-compression-zstd",
          "persistent-nodemap",
          "dirstate-v2",
          "dirstate-tracked-key-v1",
          "exp-sparse",
          "internal-phase",
          "internal-phase-2",
          "exp-archived-phase");

  private static final String UPGRADE = "convert a copy of it with \"hg debugupgraderepo\"";
  private static final String PULL = "make a copy without it with \"hg clone --pull\"";

  /** What is known and not read, and what to do about it. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("exp-revlogv2.1", UPGRADE),
          Map.entry("exp-revlogv2.2", UPGRADE),
          Map.entry("exp-changelog-v2", UPGRADE),
          Map.entry("exp-sidedata-flag", UPGRADE),
          Map.entry("exp-copies-sidedata-changeset", UPGRADE),
          Map.entry("delta-info-revlog", UPGRADE),
          Map.entry("fileindex-v1", UPGRADE),
          Map.entry("plain-store-encoding", PULL),
          Map.entry("parentdelta", PULL),
          Map.entry("treemanifest", "serve it with Mercurial"),
          Map.entry("narrowhg-experimental", "serve the repository that it is a part of"),
          Map.entry("lfs", "serve it with Mercurial"),
          Map.entry("largefiles", "serve it with Mercurial"),
          Map.entry("exp-remotefilelog-repo-req-1", "serve the repository that it was cloned from"),
          Map.entry("exp-sharesafe", UPGRADE));

  /** The length in bytes of a file of requirements, of which there are a few dozen. */
  private static final int MAX_BYTES = 64 * 1024;

  private Requirements() {}

  /**
   * Reads a file of requirements, which may be missing.
   *
   * @throws IOException if it cannot be read
   */
  static Set<String> read(Path file) throws IOException {
    ByteString text = StoreFile.read(file, MAX_BYTES);
    Set<String> names = new TreeSet<>();
    for (ByteString line : TextLines.of(text)) {
      names.add(line.utf8().strip());
    }
    return names;
  }

  /**
   * Checks that all are read here.
   *
   * @throws StoreException if not
   */
  static void check(Path repository, Set<String> names) throws StoreException {
    for (String name : names) {
      if (!READ.contains(name)) {
        String known = REFUSED.get(name);
        throw unsupported(
            "the repository "
                + repository
                + " has the requirement "
                + ByteString.utf8(name).excerpt()
                + ", which is not "
                + (known == null ? "known here" : "supported; " + known));
      }
    }
    for (String needed : new String[] {REVLOG_V1, STORE}) {
      if (!names.contains(needed)) {
        throw unsupported(
            "the repository "
                + repository
                + " has a format from before Mercurial 0.9.2, without the requirement "
                + needed
                + "; "
                + PULL);
      }
    }
  }

  private static StoreException unsupported(String message) {
    return new StoreException(StoreException.Kind.UNSUPPORTED, message);
  }
}
