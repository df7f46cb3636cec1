// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;

/** The fields of {@code changesetdata}. */
public enum ChangesetField implements FieldName {
  /** Bookmarks associated with a revision. */
  BOOKMARKS("bookmarks"),
  /** Parent revisions. */
  PARENTS("parents"),
  /** The phase of a revision. */
  PHASE("phase"),
  /** The text of the changeset, whose hash is the revision's node. */
  REVISION("revision");

  private final String wireName;

  ChangesetField(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public ByteString wireName() {
    return ByteString.utf8(wireName);
  }
}
