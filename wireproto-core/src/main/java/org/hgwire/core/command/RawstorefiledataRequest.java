// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;

/**
 * Asks for raw files of the repository's store (wireprotocolv2, rawstorefiledata).
 *
 * @param files the files; the meaning of the values depends on the server's storage
 */
public record RawstorefiledataRequest(List<ByteString> files) implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "rawstorefiledata";

  /** Copies the list. */
  public RawstorefiledataRequest {
    files = List.copyOf(files);
  }

  /** Returns the request for some files; their names are sent as UTF-8. */
  public static RawstorefiledataRequest of(String... files) {
    return new RawstorefiledataRequest(Stream.of(files).map(ByteString::utf8).toList());
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static RawstorefiledataRequest read(CborMap arguments) {
    return new RawstorefiledataRequest(
        Arguments.read(arguments, COMMAND, "files").byteStrings("files"));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return CborMap.builder().put("files", CborArray.ofByteStrings(files)).build();
  }
}
