// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import java.nio.file.Path;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;

/**
 * What a real hg reports about a repository, for comparison, regardless of revision numbers.
 *
 * @param log every field of every changeset, one changeset per line
 * @param manifests the manifest, with all its files, of every changeset
 * @param bookmarks the bookmarks
 */
record RepositoryState(List<String> log, List<String> manifests, List<String> bookmarks) {
  private static final String FIELDS =
      "{node} {p1node} {p2node} {author|json} {date|hgdate} {branch|json} {extras|json} {phase}"
          + " {files|json} {file_adds|json} {file_mods|json} {file_dels|json} {file_copies|json}"
          + " {bookmarks|json} {tags|json} {desc|json}\n";
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
