// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.List;
import java.util.function.Function;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.RevisionRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a response with revisions are read. An instance may have state, and then serves
 * one response.
 *
 * @param <H> the type of the header
 * @param <R> the type of the records
 */
interface RecordFormat<H, R> {
  /** The response of {@code changesetdata}. */
  RecordFormat<DataHeader, ChangesetRecord> CHANGESETS =
      plain(ChangesetRecord::read, ChangesetRecord::following);

  /** The response of {@code manifestdata} and {@code filedata}. */
  RecordFormat<DataHeader, RevisionRecord> REVISIONS =
      plain(RevisionRecord::read, RevisionRecord::following);

  /** Reads the header. */
  H header(CborValue value);

  /** Reads a value; null if it is not a record but the header of those that follow. */
  @Nullable R record(CborValue value);

  /** Returns what follows a record. */
  List<FollowingField> following(R record);

  /** Returns whether the response may end before another value. */
  boolean mayEnd();

  private static <R> RecordFormat<DataHeader, R> plain(
      Function<CborValue, R> record, Function<R, List<FollowingField>> following) {
    return new RecordFormat<>() {
      @Override
      public DataHeader header(CborValue value) {
        return DataHeader.read(value);
      }

      @Override
      public R record(CborValue value) {
        return record.apply(value);
      }

      @Override
      public List<FollowingField> following(R value) {
        return following.apply(value);
      }

      @Override
      public boolean mayEnd() {
        return true;
      }
    };
  }
}
