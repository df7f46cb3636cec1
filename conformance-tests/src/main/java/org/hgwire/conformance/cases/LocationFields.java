// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * The map of a location (wireprotocolrpc, Command Protocol, {@code location}), field by field: a
 * fault in one does not hide the others. All methods fail with a {@link WireProtocolException}
 * where a field is not what it has to be.
 *
 * @param map the map
 */
record LocationFields(CborMap map) {
  /** A hash of the content. */
  record Hash(String name, ByteString value) {}

  static WireProtocolException fault(String message) {
    return WireProtocolException.connection(WireErrorCode.BAD_RESPONSE, message);
  }

  /** Returns a text, one char a byte. */
  String text(String key) {
    return latin1(bytes(map.get(key), key));
  }

  ByteString optionalBytes(String key) {
    CborValue value = map.get(key);
    return value == null ? ByteString.empty() : bytes(value, key);
  }

  URI url() {
    String text = text("url");
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw fault("the URL \"" + text + "\" is none: " + e.getReason());
    }
  }

  /** Returns the size, or -1 if there is none. */
  long size() {
    CborValue size = map.get("size");
    if (size == null) {
      return -1;
    }
    if (size instanceof CborInteger integer && !integer.negative() && integer.argument() >= 0) {
      return integer.argument();
    }
    throw fault("the size is not an unsigned integer, but " + size);
  }

  List<Hash> hashes() {
    List<Hash> hashes = new ArrayList<>();
    for (CborValue entry : array("fullhashes")) {
      if (!(entry instanceof CborArray pair) || pair.items().size() != 2) {
        throw fault("an entry of fullhashes is not an array of two: " + entry);
      }
      hashes.add(
          new Hash(
              latin1(bytes(pair.items().get(0), "the name of a hash")),
              bytes(pair.items().get(1), "the value of a hash")));
    }
    return hashes;
  }

  /** Returns certificates; none if the key lacks, but at least one if it is there. */
  List<ByteString> certificates(String key) {
    List<ByteString> certificates =
        array(key).stream().map(next -> bytes(next, "a certificate of " + key)).toList();
    if (certificates.isEmpty() && map.get(key) != null) {
      throw fault(key + " is empty");
    }
    return certificates;
  }

  private List<CborValue> array(String key) {
    CborValue value = map.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof CborArray array) {
      return array.items();
    }
    throw fault(key + " is not an array, but " + value);
  }

  private static ByteString bytes(@Nullable CborValue value, String what) {
    if (value instanceof CborBytes bytes) {
      return bytes.value();
    }
    throw fault(what + (value == null ? " lacks" : " is not a byte string, but " + value));
  }

  private static String latin1(ByteString bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
