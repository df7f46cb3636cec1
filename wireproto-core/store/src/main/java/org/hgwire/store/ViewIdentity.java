// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;

/**
 * The identities of the files that Mercurial changes together: a view of a repository is consistent
 * if they are the same before and after all of them were read, the changelog first.
 *
 * @param changelog that of the index of the changelog, which Mercurial writes after all other
 *     revisions
 * @param phaseRoots that of the roots of phases
 * @param obsolescenceMarkers that of the obsolescence markers
 * @param bookmarks that of the bookmarks
 */
public record ViewIdentity(
    FileIdentity changelog,
    FileIdentity phaseRoots,
    FileIdentity obsolescenceMarkers,
    FileIdentity bookmarks) {
  /**
   * Reads the identities of a repository. Costs four {@code stat}s.
   *
   * @throws IOException if one cannot be read
   */
  public static ViewIdentity of(RepositoryDirectory directory) throws IOException {
    return new ViewIdentity(
        FileIdentity.of(directory.changelog()),
        FileIdentity.of(directory.phaseRoots()),
        FileIdentity.of(directory.obsolescenceMarkers()),
        FileIdentity.of(directory.bookmarks()));
  }

  /**
   * Reads the identities again, of the same repository.
   *
   * @throws IOException if one cannot be read
   */
  public ViewIdentity again(RepositoryDirectory directory) throws IOException {
    return new ViewIdentity(
        changelog.again(directory.changelog()),
        phaseRoots.again(directory.phaseRoots()),
        obsolescenceMarkers.again(directory.obsolescenceMarkers()),
        bookmarks.again(directory.bookmarks()));
  }

  /**
   * Returns when the last of the files was changed, in nanoseconds since 1970; 0 if none exists.
   */
  public long lastChange() {
    return Math.max(
        Math.max(changelog.changed(), phaseRoots.changed()),
        Math.max(obsolescenceMarkers.changed(), bookmarks.changed()));
  }
}
