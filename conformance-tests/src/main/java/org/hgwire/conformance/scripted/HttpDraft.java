// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;

/** An HTTP response that alterations may still change. */
final class HttpDraft {
  /** The size of chunks that stands for a length instead of chunks. */
  static final int NO_CHUNKS = 0;

  private final Map<String, String> headers = new LinkedHashMap<>();
  private int status = 200;
  private ByteString body = ByteString.empty();
  private ByteString repeated = ByteString.empty();
  private int missing;
  private int chunkSize = NO_CHUNKS;
  private boolean silent;

  HttpDraft(String mediaType) {
    headers.put("Content-Type", mediaType);
    headers.put("Connection", "close");
  }

  int status() {
    return status;
  }

  void setStatus(int code) {
    status = code;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Sets a header, or removes it if the value is empty. */
  void setHeader(String name, String value) {
    headers.keySet().removeIf(name::equalsIgnoreCase);
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
  }

  ByteString body() {
    return body;
  }

  void setBody(ByteString bytes) {
    body = bytes;
  }

  /** Sends the end of the body no more, though its length is that of all of it. */
  void cut(int bytes) {
    missing = bytes;
  }

  int missing() {
    return missing;
  }

  /** Sends some bytes again and again behind the body. */
  void repeat(ByteString bytes) {
    repeated = bytes;
  }

  ByteString repeated() {
    return repeated;
  }

  /** Sends the body in chunks of a size. */
  void setChunkSize(int bytes) {
    chunkSize = bytes;
  }

  int chunkSize() {
    return chunkSize;
  }

  /** Closes the connection without a response. */
  void silence() {
    silent = true;
  }

  boolean isSilent() {
    return silent;
  }
}
