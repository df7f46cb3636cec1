// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;

/** The fields of {@code filedata} and {@code filesdata}. */
public enum FileField implements FieldName {
  /** The changeset that introduced the revision. */
  LINKNODE("linknode"),
  /** Parent nodes of the revision. */
  PARENTS("parents"),
  /** The data of the revision, whole or as a delta. */
  REVISION("revision");

  private final String wireName;

  FileField(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public ByteString wireName() {
    return ByteString.utf8(wireName);
  }
}
