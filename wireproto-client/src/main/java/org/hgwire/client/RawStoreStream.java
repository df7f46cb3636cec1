// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.InputStream;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.RawStoreFile;
import org.hgwire.core.command.RawstorefiledataHeader;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code rawstorefiledata}: a header, then files, each followed by its bytes. For
 * one thread at a time.
 */
public final class RawStoreStream implements AutoCloseable {
  private final CommandResponse response;
  private @Nullable RawstorefiledataHeader header;

  RawStoreStream(CommandResponse response) {
    this.response = response;
  }

  /** Returns the header, which says how much follows. */
  public RawstorefiledataHeader header() throws PeerException {
    RawstorefiledataHeader known = header;
    if (known != null) {
      return known;
    }
    try {
      RawstorefiledataHeader read = RawstorefiledataHeader.read(response.nextValue());
      header = read;
      return read;
    } catch (WireProtocolException e) {
      throw response.badResponse(e);
    }
  }

  /**
   * A file and its bytes.
   *
   * @param file what the server says about it; location and path are not checked
   * @param bytes the bytes; they end when the next file is read, and their number may differ from
   *     what the server said
   */
  public record Entry(RawStoreFile file, InputStream bytes) {}

  /** Returns the next file, or null at the end. */
  public @Nullable Entry next() throws PeerException {
    header();
    ResponseObject item = response.next();
    if (item == null) {
      return null;
    }
    try {
      if (item instanceof ResponseObject.Value value) {
        RawStoreFile file = RawStoreFile.read(value.value());
        // "Each file segment consists of a CBOR map followed by an indefinite length bytestring."
        if (response.next() instanceof ResponseObject.Bytes bytes && bytes.length() < 0) {
          return new Entry(file, bytes.stream());
        }
      }
    } catch (WireProtocolException e) {
      throw response.badResponse(e);
    }
    throw response.badResponse(
        WireErrorCode.BAD_RESPONSE,
        "a file is not a map followed by a byte string of indefinite length");
  }

  /** Cancels what was not read. */
  @Override
  public void close() {
    response.close();
  }
}
