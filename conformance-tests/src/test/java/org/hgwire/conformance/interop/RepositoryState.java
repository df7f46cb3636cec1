// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import java.nio.file.Path;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;

/**
 * What a real hg says of a repository, for comparison; the numbers of revisions do not matter.
 *
 * @param log every field of every changeset, one changeset a line
 * @param manifests the manifest, with all its files, of every changeset
 * @param bookmarks the bookmarks
 */
record RepositoryState(List<String> log, List<String> manifests, List<String> bookmarks) {
  private static final String FIELDS =
      "{dict(node, p1=p1node, p2=p2node, author, date=date|hgdate, branch, extras, desc, phase,"
          + " files, file_adds, file_mods, file_dels, copies=file_copies, closes=closesbranch,"
          + " bookmarks, tags=tags, successors=obsolete)|json}\n";
  private static final String MANIFEST = "{node} {manifest % '{node}'} {files('glob:**')|json}\n";

  static RepositoryState of(Hg hg, Path repository) {
    return of(hg, repository, "all()");
  }

  static RepositoryState of(Hg hg, Path repository, String revisions) {
    return new RepositoryState(
        sorted(hg.run(repository, "log", "-r", revisions, "-T", FIELDS)),
        sorted(hg.run(repository, "log", "-r", revisions, "-T", MANIFEST)),
        sorted(hg.run(repository, "bookmarks", "-T", "{bookmark} {node}\n")));
  }

  private static List<String> sorted(String lines) {
    return lines.lines().sorted().toList();
  }
}
