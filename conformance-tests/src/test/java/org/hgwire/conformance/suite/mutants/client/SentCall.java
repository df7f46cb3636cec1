// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.HttpTransport.Header;
import org.hgwire.conformance.suite.mutants.CommandCalls;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/**
 * A request that our client is about to send.
 *
 * @param request the request
 */
record SentCall(HttpTransport.Request request) {
  /** Returns whether the request is one for the API of version 2. */
  boolean isFramed() {
    return request.body() != null;
  }

  private ByteString bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<ByteBuffer> body = request.body();
    for (ByteBuffer part : body == null ? List.<ByteBuffer>of() : body) {
      all.writeBytes(ByteString.copyOf(part.duplicate()).toByteArray());
    }
    return ByteString.copyOf(all.toByteArray());
  }

  SentCall withUrl(UnaryOperator<String> change) {
    URI url = URI.create(change.apply(request.url().toString()));
    return new SentCall(new HttpTransport.Request(url, request.headers(), request.body()));
  }

  /** Returns this request with a header field of one value; without it for null. */
  SentCall withHeader(String name, @Nullable String value) {
    List<Header> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    if (value != null) {
      headers.add(new Header(name, value));
    }
    return new SentCall(new HttpTransport.Request(request.url(), headers, request.body()));
  }

  /** Returns this request without its body, for which the method is GET. */
  SentCall withoutBody() {
    return new SentCall(new HttpTransport.Request(request.url(), request.headers(), null));
  }

  /** Returns this request with other frames. */
  SentCall withFrames(UnaryOperator<List<RawFrame>> change) {
    if (!isFramed()) {
      return this;
    }
    ByteString frames = RawFrame.encode(change.apply(RawFrame.parse(bytes())));
    return new SentCall(
        new HttpTransport.Request(
            request.url(), request.headers(), List.of(frames.asByteBuffer())));
  }

  /** Returns this request with other commands in it, those of several frames excepted. */
  SentCall withCommands(UnaryOperator<CborMap> change) {
    return withFrames(
        RawFrame.each(
            frame -> {
              CborMap command =
                  frame.type() == FrameType.COMMAND_REQUEST.code()
                      ? CommandCalls.read(frame.payload())
                      : null;
              return command == null
                  ? frame
                  : frame.withPayload(CborEncoder.encode(change.apply(command)));
            }));
  }
}
