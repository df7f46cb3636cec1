// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/** The commands of a request of version 2, by the ids of their requests. */
public final class CommandCalls {
  private CommandCalls() {}

  /** Returns the requests that can be read. */
  static Map<Integer, CborMap> of(Call call) {
    Map<Integer, ByteArrayOutputStream> payloads = new LinkedHashMap<>();
    if (call.isFramed()) {
      for (RawFrame frame : RawFrame.parse(call.body())) {
        if (frame.type() == FrameType.COMMAND_REQUEST.code()) {
          payloads
              .computeIfAbsent(frame.request(), id -> new ByteArrayOutputStream())
              .writeBytes(frame.payload().toByteArray());
        }
      }
    }
    Map<Integer, CborMap> requests = new LinkedHashMap<>();
    payloads.forEach(
        (id, payload) -> {
          CborMap request = read(ByteString.copyOf(payload.toByteArray()));
          if (request != null) {
            requests.put(id, request);
          }
        });
    return requests;
  }

  /** Returns the map that is in a payload, or null. */
  public static @Nullable CborMap read(ByteString payload) {
    try {
      return CborDecoder.decodeOne(payload.asByteBuffer(), WireLimits.defaults())
              instanceof CborMap map
          ? map
          : null;
    } catch (WireProtocolException malformed) {
      return null;
    }
  }

  /** Returns the name of the command of a request. */
  public static String name(CborMap request) {
    return request.get("name") instanceof CborBytes name ? name.value().utf8() : "";
  }

  /** Returns the arguments of a request. */
  public static CborMap arguments(CborMap request) {
    return request.get("args") instanceof CborMap arguments ? arguments : CborMap.empty();
  }

  /** Returns a map with one entry replaced or added. */
  public static CborMap with(CborMap map, String key, CborValue value) {
    CborMap.Builder builder = CborMap.builder();
    without(map, key).entries().forEach(entry -> builder.put(entry.getKey(), entry.getValue()));
    return builder.put(key, value).build();
  }

  /** Returns a map without an entry. */
  public static CborMap without(CborMap map, String key) {
    CborMap.Builder builder = CborMap.builder();
    map.entries().stream()
        .filter(entry -> !entry.getKey().equals(CborBytes.utf8(key)))
        .forEach(entry -> builder.put(entry.getKey(), entry.getValue()));
    return builder.build();
  }
}
