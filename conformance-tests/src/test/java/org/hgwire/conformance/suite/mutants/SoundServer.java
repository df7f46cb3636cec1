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

/** A server without fault, given whole requests. */
final class SoundServer implements Fault.Server {
  private final HttpService service;

  SoundServer(HttpService service) {
    this.service = service;
  }

  @Override
  public Reply respond(Call call) {
    RequestHead head =
        new RequestHead(call.method(), call.target(), call.fields(), call.connection());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (HttpExchange exchange = service.open(head)) {
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
