// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** One exchange of a faulty server: the whole request first, then the whole response. */
final class FaultyExchange implements HttpExchange {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final RequestHead head;
  private final Fault fault;
  private final Fault.Server sound;
  private @Nullable Reply reply;
  private boolean sent;

  FaultyExchange(RequestHead head, Fault fault, Fault.Server sound) {
    this.head = head;
    this.fault = fault;
    this.sound = sound;
  }

  @Override
  public boolean wantsInput() {
    return reply == null;
  }

  @Override
  public void receive(ByteBuffer data) {
    body.writeBytes(ByteString.copyOf(data).toByteArray());
  }

  @Override
  public void endOfInput() {
    if (reply == null) {
      Call call =
          new Call(
              head.method(),
              head.target(),
              head.fields(),
              ByteString.copyOf(body.toByteArray()),
              head.connection());
      reply = fault.respond(call, sound);
    }
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    Reply known = reply;
    return known == null
        ? null
        : new ResponseHead(known.status(), known.fields(), OptionalLong.of(known.body().length()));
  }

  @Override
  public @Nullable ByteBuffer nextOutput() {
    Reply known = reply;
    if (known == null || sent) {
      return null;
    }
    sent = true;
    return known.body().isEmpty() ? null : ByteBuffer.wrap(known.body().toByteArray());
  }

  @Override
  public boolean finished() {
    return sent;
  }

  @Override
  public void close() {
    if (reply == null) {
      fault.cut();
    }
  }
}
