// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * The side of one exchange that works: each step runs on the executor, at most one at a time, and
 * its outcome goes back to the event loop. The event loop never waits for it.
 */
final class ExchangeWork {
  private final HttpService service;
  private final RequestHead request;
  private final Executor workers;
  private final Executor eventLoop;
  private final Consumer<Outcome> stepped;

  private @Nullable HttpExchange exchange;
  private volatile boolean cancelled;
  private boolean stepping;

  /**
   * What a step came to.
   *
   * @param head the head of the response, if it is known
   * @param output the next bytes of the response, if there are any and they were asked for
   * @param dry whether output was asked for and there is none before more input
   * @param finished whether the response is complete
   * @param wantsInput whether a piece of the request's body is wanted
   * @param failure why the exchange cannot go on, or null
   */
  record Outcome(
      @Nullable ResponseHead head,
      @Nullable ByteBuffer output,
      boolean dry,
      boolean finished,
      boolean wantsInput,
      @Nullable Throwable failure) {
    static Outcome failed(Throwable failure) {
      return new Outcome(null, null, true, false, false, failure);
    }
  }

  /**
   * Makes the work on {@code request}.
   *
   * @param workers where the steps run
   * @param eventLoop where {@code stepped} and all methods of this are called
   */
  ExchangeWork(
      HttpService service,
      RequestHead request,
      Executor workers,
      Executor eventLoop,
      Consumer<Outcome> stepped) {
    this.service = service;
    this.request = request;
    this.workers = workers;
    this.eventLoop = eventLoop;
    this.stepped = stepped;
  }

  /** Returns whether a step is under way. */
  boolean isStepping() {
    return stepping;
  }

  /**
   * Begins a step; none is under way.
   *
   * @param input a piece of the request's body, which is released; or null
   * @param last whether no piece follows
   * @param pull whether output is wanted
   */
  void step(@Nullable ByteBuf input, boolean last, boolean pull) {
    stepping = true;
    try {
      workers.execute(() -> report(run(input, last, pull)));
    } catch (RejectedExecutionException closed) {
      if (input != null) {
        input.release();
      }
      eventLoop.execute(() -> finishStep(Outcome.failed(closed)));
    }
  }

  /** Stops the work, after the step that is under way. */
  void cancel() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    if (!stepping) {
      try {
        workers.execute(this::close);
      } catch (RejectedExecutionException closed) {
        close();
      }
    }
  }

  private Outcome run(@Nullable ByteBuf input, boolean last, boolean pull) {
    try {
      return cancelled ? Outcome.failed(new IllegalStateException()) : advance(input, last, pull);
    } catch (Throwable failure) {
      return Outcome.failed(failure);
    } finally {
      if (input != null) {
        input.release();
      }
    }
  }

  private Outcome advance(@Nullable ByteBuf input, boolean last, boolean pull) throws Exception {
    HttpExchange open = exchange;
    if (open == null) {
      open = service.open(request);
      exchange = open;
    }
    if (input != null && input.isReadable() && open.wantsInput()) {
      open.receive(input.nioBuffer());
    }
    if (last) {
      open.endOfInput();
    }
    ResponseHead head = open.responseHead();
    ByteBuffer output = head != null && pull ? open.nextOutput() : null;
    return new Outcome(
        head, output, pull && output == null, open.finished(), open.wantsInput(), null);
  }

  private void report(Outcome outcome) {
    try {
      eventLoop.execute(() -> finishStep(outcome));
    } catch (RejectedExecutionException closed) {
      close();
    }
  }

  private void finishStep(Outcome outcome) {
    stepping = false;
    if (cancelled) {
      try {
        workers.execute(this::close);
      } catch (RejectedExecutionException closed) {
        close();
      }
    } else {
      stepped.accept(outcome);
    }
  }

  private void close() {
    HttpExchange open = exchange;
    if (open != null) {
      open.close();
    }
  }
}
