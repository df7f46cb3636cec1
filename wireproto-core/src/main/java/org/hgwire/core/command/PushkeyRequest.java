// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.MapReader;

/**
 * Asks to change a value of a pushkey namespace (wireprotocolv2, pushkey).
 *
 * @param namespace the namespace, such as {@code bookmarks} or {@code phases}
 * @param key the key
 * @param oldValue the value that the client expects; empty for none
 * @param newValue the value to set; empty for none
 */
public record PushkeyRequest(
    ByteString namespace, ByteString key, ByteString oldValue, ByteString newValue)
    implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "pushkey";

  /**
   * Returns the request of which all values are text; they are sent as UTF-8.
   *
   * @param namespace the namespace, such as {@code bookmarks} or {@code phases}
   * @param key the key
   * @param oldValue what the client believes the value is; empty for none
   * @param newValue the new value; empty for none
   */
  public static PushkeyRequest of(String namespace, String key, String oldValue, String newValue) {
    return new PushkeyRequest(
        ByteString.utf8(namespace),
        ByteString.utf8(key),
        ByteString.utf8(oldValue),
        ByteString.utf8(newValue));
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static PushkeyRequest read(CborMap arguments) {
    MapReader reader = Arguments.read(arguments, COMMAND, "namespace", "key", "old", "new");
    return new PushkeyRequest(
        reader.bytes("namespace"), reader.bytes("key"), reader.bytes("old"), reader.bytes("new"));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return CborMap.builder()
        .put("namespace", namespace)
        .put("key", key)
        .put("old", oldValue)
        .put("new", newValue)
        .build();
  }
}
