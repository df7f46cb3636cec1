// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hgwire.core.WireProtocolException;
import org.hgwire.server.RequestEvents;
import org.hgwire.server.version1.MalformedArgumentsException;
import org.hgwire.server.version1.Version1Arguments;
import org.hgwire.server.version1.Version1Call;
import org.hgwire.server.version1.Version1Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exchange of version 1: reads the arguments that are in the body, works on the command until
 * its response is known, and then is the exchange of that response.
 */
final class Version1Exchange implements HttpExchange {
  private static final Logger LOG = LoggerFactory.getLogger(Version1Exchange.class);
  private static final ByteBuffer NOTHING_YET = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** A call of {@link #nextOutput} works no longer: a client that has gone is noticed between. */
  private static final long MAX_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final String command;
  private final Version1Arguments.Builder arguments;
  private final @Nullable PostedArguments posted;
  private final Function<Version1Arguments, Version1Call> opening;
  private final Version1Response.Visitor<HttpExchange> responses;
  private final RequestEvents events;
  private @Nullable Version1Call call;
  private @Nullable HttpExchange response;
  private boolean closed;

  /**
   * Makes an exchange.
   *
   * @param command its name, for the log
   * @param arguments those in the header and the query
   * @param posted those in the body, or null if there are none
   * @param opening opens the call
   * @param responses makes exchanges of responses
   */
  Version1Exchange(
      String command,
      Version1Arguments.Builder arguments,
      @Nullable PostedArguments posted,
      Function<Version1Arguments, Version1Call> opening,
      Version1Response.Visitor<HttpExchange> responses,
      RequestEvents events) {
    this.command = command;
    this.arguments = arguments;
    this.posted = posted;
    this.opening = opening;
    this.responses = responses;
    this.events = events;
    if (posted == null) {
      call = opening.apply(arguments.build());
    }
  }

  @Override
  public boolean wantsInput() {
    return !closed && call == null && response == null;
  }

  @Override
  public void receive(ByteBuffer data) {
    PostedArguments receiving = posted;
    if (!wantsInput() || receiving == null) {
      throw new IllegalStateException("no input is wanted now");
    }
    try {
      receiving.receive(data);
      if (receiving.isComplete()) {
        open(receiving);
      }
    } catch (WireProtocolException overloaded) {
      refuse(FixedExchange.overloaded(overloaded.getMessage() + "\n"));
    }
  }

  @Override
  public void endOfInput() {
    PostedArguments receiving = posted;
    if (receiving != null && wantsInput()) {
      open(receiving);
    }
  }

  private void open(PostedArguments complete) {
    try {
      FormArguments.read(complete.take(), arguments);
      call = opening.apply(arguments.build());
    } catch (MalformedArgumentsException malformed) {
      refuse(FixedExchange.text(400, malformed.getMessage() + "\n"));
    }
  }

  private void refuse(FixedExchange refusal) {
    events.refused(refusal.text().strip());
    response = refusal;
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    return response == null ? null : response.responseHead();
  }

  @Override
  public @Nullable ByteBuffer nextOutput() throws IOException {
    HttpExchange known = response;
    if (known != null) {
      return known.nextOutput();
    }
    Version1Call running = call;
    if (running == null || closed) {
      return null;
    }
    try {
      work(running);
    } catch (IOException | RuntimeException failure) {
      LOG.error("the command {} failed", command, failure);
      events.failed(failure);
      response = FixedExchange.failed();
    }
    return NOTHING_YET;
  }

  private void work(Version1Call running) throws IOException {
    long begun = System.nanoTime();
    Version1Response found = running.advance();
    while (found == null && System.nanoTime() - begun < MAX_TURN_NANOS) {
      found = running.advance();
    }
    if (found != null) {
      HttpExchange exchange = found.accept(responses);
      if (exchange instanceof FixedExchange fixed && fixed.responseHead().status() >= 400) {
        refuse(fixed);
      } else {
        response = exchange;
      }
    }
  }

  @Override
  public void pause() {
    if (response != null) {
      response.pause();
    }
  }

  @Override
  public boolean finished() {
    return response != null && response.finished();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (call != null) {
        call.close();
      }
    } finally {
      if (response != null) {
        response.close();
      }
      if (posted != null) {
        posted.close();
      }
    }
  }
}
