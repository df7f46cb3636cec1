// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/** The codes of errors as words that belong to no implementation. */
final class ErrorNames {
  private ErrorNames() {}

  static String of(WireErrorCode code) {
    return switch (code) {
      case MALFORMED -> "input/malformed";
      case TRUNCATED -> "input/truncated";
      case LIMIT -> "limit/size";
      case DEPTH -> "limit/depth";
      case OVERLOADED -> "limit/overloaded";
      case DUPLICATE_KEY -> "map/duplicate-key";
      case DUPLICATE_MEMBER -> "set/duplicate-member";
      case CHUNK_TYPE -> "bytes/chunk-type";
      case FRAME_TYPE -> "frame/unknown-type";
      case FRAME_FLAGS -> "frame/flags";
      case UNEXPECTED_FRAME -> "frame/unexpected";
      case STREAM_FLAGS -> "stream/flags";
      case STREAM_ID -> "stream/id";
      case STREAM_NOT_OPEN -> "stream/not-open";
      case STREAM_ALREADY_OPEN -> "stream/already-open";
      case SETTINGS -> "settings/malformed";
      case ENCODING_UNKNOWN -> "encoding/unknown";
      case ENCODING_CORRUPT -> "encoding/corrupt";
      case REQUEST_ID -> "request/id";
      case REQUEST_ACTIVE -> "request/active";
      case REQUEST_INACTIVE -> "request/inactive";
      case COMMAND_DATA -> "request/data";
      case BAD_REQUEST -> "request/malformed";
      case BAD_RESPONSE -> "response/malformed";
      case PEER_ERROR -> "response/error";
      case UNSUPPORTED -> "bundle/unsupported";
    };
  }

  static ObjectNode describe(WireProtocolException fault) {
    ObjectNode error = JsonNodeFactory.instance.objectNode().put("code", of(fault.code()));
    error.put("ends", fault.scope().name().toLowerCase(Locale.ROOT));
    if (fault.origin() == ErrorOrigin.PEER) {
      error.put("reported-by-peer", true);
    }
    return error;
  }
}
