// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.PathHeader;
import org.hgwire.core.command.RevisionRecord;
import org.jspecify.annotations.Nullable;

/** The response of {@code filesdata}: the revisions of one path after those of another. */
final class FilesFormat implements RecordFormat<FilesdataHeader, PathRevision> {
  private ByteString path = ByteString.empty();
  private long left;

  @Override
  public FilesdataHeader header(CborValue value) {
    return FilesdataHeader.read(value);
  }

  @Override
  public @Nullable PathRevision record(CborValue value) {
    // "Each sequence begins with a CBOR map describing the file data that follows."
    if (left == 0) {
      PathHeader header = PathHeader.read(value);
      path = header.path();
      left = header.totalItems();
      return null;
    }
    left--;
    return new PathRevision(path, RevisionRecord.read(value));
  }

  @Override
  public List<FollowingField> following(PathRevision record) {
    return record.revision().following();
  }

  @Override
  public boolean mayEnd() {
    return left == 0;
  }
}
