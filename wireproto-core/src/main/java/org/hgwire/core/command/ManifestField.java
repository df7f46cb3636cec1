// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;

/** The fields of {@code manifestdata}. */
public enum ManifestField implements FieldName {
  /** Parent nodes of the manifest. */
  PARENTS("parents"),
  /** The data of the manifest, whole or as a delta. */
  REVISION("revision");

  private final String wireName;

  ManifestField(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public ByteString wireName() {
    return ByteString.utf8(wireName);
  }
}
