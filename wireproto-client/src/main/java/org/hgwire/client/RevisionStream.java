// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.command.FollowingField;
import org.jspecify.annotations.Nullable;

/**
 * The response to one of the commands that send revisions: a header, then records, each followed by
 * the data of its fields.
 *
 * <pre>{@code
 * for (R record = stream.next(); record != null; record = stream.next()) {
 *   for (FieldData field = stream.nextField(); field != null; field = stream.nextField()) { … }
 * }
 * }</pre>
 *
 * <p>Data that is not read is skipped. For one thread at a time.
 *
 * @param <H> the type of the header
 * @param <R> the type of the records
 */
public final class RevisionStream<H, R> implements AutoCloseable {
  private final CommandResponse response;
  private final RecordFormat<H, R> format;
  private final Deque<FollowingField> fields = new ArrayDeque<>();
  private @Nullable H header;

  RevisionStream(CommandResponse response, RecordFormat<H, R> format) {
    this.response = response;
    this.format = format;
  }

  /** Returns the header, which says how much follows. */
  public H header() throws PeerException {
    H known = header;
    if (known != null) {
      return known;
    }
    try {
      H read = format.header(response.nextValue());
      header = read;
      return read;
    } catch (WireProtocolException e) {
      throw response.badResponse(e);
    }
  }

  /** Returns the next record, or null at the end. */
  public @Nullable R next() throws PeerException {
    header();
    while (!fields.isEmpty()) {
      nextField();
    }
    try {
      while (true) {
        ResponseObject item = response.next();
        if (item == null) {
          if (!format.mayEnd()) {
            throw response.badResponse(
                WireErrorCode.BAD_RESPONSE,
                "there are fewer revisions than the header of a path says");
          }
          return null;
        }
        if (!(item instanceof ResponseObject.Value value)) {
          throw response.badResponse(
              WireErrorCode.BAD_RESPONSE, "there is a byte string in place of a record");
        }
        R record = format.record(value.value());
        if (record != null) {
          fields.addAll(format.following(record));
          return record;
        }
      }
    } catch (WireProtocolException e) {
      throw response.badResponse(e);
    }
  }

  /** Returns the next field of the record that {@link #next} returned, or null if none is left. */
  public @Nullable FieldData nextField() throws PeerException {
    FollowingField field = fields.poll();
    if (field == null) {
      return null;
    }
    ResponseObject item = response.next();
    if (item instanceof ResponseObject.Value value && value.value() instanceof CborBytes bytes) {
      requireSize(field, bytes.value().length());
      return new FieldData(
          field.name(),
          field.size(),
          bytes.value(),
          new ByteArrayInputStream(bytes.value().toByteArray()));
    }
    if (item instanceof ResponseObject.Bytes bytes) {
      if (bytes.length() < 0) {
        throw response.badResponse(
            WireErrorCode.BAD_RESPONSE, "the data of " + field.name() + " is of indefinite length");
      }
      requireSize(field, bytes.length());
      return new FieldData(field.name(), field.size(), null, bytes.stream());
    }
    throw response.badResponse(
        WireErrorCode.BAD_RESPONSE, "the data of " + field.name() + " does not follow its record");
  }

  private void requireSize(FollowingField field, long length) throws PeerException {
    // "an unsigned integer describing the length of the data, in bytes"
    if (field.size() != length) {
      throw response.badResponse(
          WireErrorCode.BAD_RESPONSE,
          "the data of "
              + field.name()
              + " has "
              + length
              + " bytes, not the "
              + field.size()
              + " that its record says");
    }
  }

  /** Cancels what was not read. */
  @Override
  public void close() {
    response.close();
  }
}
