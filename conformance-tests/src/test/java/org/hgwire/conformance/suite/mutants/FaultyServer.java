// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;

/** Our server, and between it and the transport a fault that can be changed. */
final class FaultyServer implements HttpService {
  static final Fault NONE = (call, sound) -> sound.respond(call);

  private final HttpService sound;
  private volatile Fault fault = NONE;

  FaultyServer(HttpService sound) {
    this.sound = sound;
  }

  /** Has this fault from now on. */
  void become(Fault next) {
    fault = next;
  }

  @Override
  public HttpExchange open(RequestHead request) {
    return new FaultyExchange(request, fault, call -> respond(call, request));
  }

  /** Lets the server without fault respond to a request. */
  private Reply respond(Call call, RequestHead original) {
    RequestHead head =
        new RequestHead(call.method(), call.target(), call.fields(), original.connection());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (HttpExchange exchange = sound.open(head)) {
      if (exchange.wantsInput() && !call.body().isEmpty()) {
        exchange.receive(call.body().asByteBuffer());
      }
      exchange.endOfInput();
      while (!exchange.finished()) {
        ByteBuffer output = exchange.nextOutput();
        if (output != null) {
          body.writeBytes(ByteString.copyOf(output).toByteArray());
        }
      }
      ResponseHead response = exchange.responseHead();
      if (response == null) {
        throw new IllegalStateException("a response without a head");
      }
      return new Reply(
          response.status(),
          withoutLength(response.fields()),
          ByteString.copyOf(body.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpFields withoutLength(HttpFields fields) {
    List<Entry<String, String>> others = new ArrayList<>(fields.entries());
    others.removeIf(field -> field.getKey().equalsIgnoreCase("Content-Length"));
    return new HttpFields(others);
  }
}
