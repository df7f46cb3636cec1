// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.ArrayList;
import java.util.List;

/**
 * What a pull asks for: everything that the server shows, or the ancestors of some changesets.
 *
 * @param revisions names of changesets, which the server looks up: nodes in hexadecimal or the
 *     beginnings of such, bookmarks, tags, branches
 * @param bookmarks names of bookmarks: their changesets are wanted, and the sink gets them as the
 *     server has them
 */
public record Wanted(List<String> revisions, List<String> bookmarks) {
  /** Everything that the server shows. */
  public static final Wanted EVERYTHING = new Wanted(List.of(), List.of());

  /** Copies the lists. */
  public Wanted {
    revisions = List.copyOf(revisions);
    bookmarks = List.copyOf(bookmarks);
  }

  /** Returns the same with another changeset; of {@link #EVERYTHING}, that changeset alone. */
  public Wanted withRevision(String name) {
    return new Wanted(added(revisions, name), bookmarks);
  }

  /** Returns the same with another bookmark; of {@link #EVERYTHING}, that bookmark alone. */
  public Wanted withBookmark(String name) {
    return new Wanted(revisions, added(bookmarks, name));
  }

  private static List<String> added(List<String> names, String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return more;
  }

  /** Returns whether everything is wanted. */
  public boolean isEverything() {
    return revisions.isEmpty() && bookmarks.isEmpty();
  }
}
