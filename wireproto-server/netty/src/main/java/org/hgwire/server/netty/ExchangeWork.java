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
 * Runs one exchange on the workers, step by step. At most one step runs at a time; its outcome is
 * handed back to the event loop, which never waits for it.
 */
final class ExchangeWork {
  private final HttpService service;
  private final RequestHead request;
  private final Executor workers;
  private final Executor eventLoop;
  private final Consumer<Outcome> stepped;

  private @Nullable HttpExchange exchange;
  private volatile boolean cancelled;

  /** What steps have to say after the one that found the exchange finished and closed it. */
  private volatile @Nullable Outcome last;

  private boolean stepping;

  /**
   * What a step is to do.
   *
   * @param input a piece of the request's body, which the step releases; or null
   * @param endOfInput whether no piece follows
   * @param pullOutput whether to pull output
   * @param pause whether to pause the exchange
   */
  record Step(@Nullable ByteBuf input, boolean endOfInput, boolean pullOutput, boolean pause) {
    /** Only opens the exchange. */
    static Step open() {
      return new Step(null, false, false, false);
    }

    /** Opens the exchange if it is not open, and passes it a piece of the body if it wants one. */
    static Step receive(ByteBuf input, boolean endOfInput, boolean pullOutput) {
      return new Step(input, endOfInput, pullOutput, false);
    }

    /** Only pulls output. */
    static Step pull() {
      return new Step(null, false, true, false);
    }

    /** Only pauses the exchange, whose client does not read. */
    static Step pausing() {
      return new Step(null, false, false, true);
    }
  }

  /**
   * The outcome of a step.
   *
   * @param head the head of the response, if it is known
   * @param output the next bytes of the response, if they were pulled and there are any
   * @param dry whether output was pulled and there is none before more input
   * @param finished whether the response is complete
   * @param wantsInput whether the exchange wants a piece of the request's body
   * @param inputProcessed whether the exchange wanted the piece that it was given
   * @param failure why the exchange failed, or null
   */
  record Outcome(
      @Nullable ResponseHead head,
      @Nullable ByteBuffer output,
      boolean dry,
      boolean finished,
      boolean wantsInput,
      boolean inputProcessed,
      @Nullable Throwable failure) {
    static Outcome failed(Throwable failure) {
      return new Outcome(null, null, true, false, false, false, failure);
    }
  }

  /**
   * Creates the exchange of {@code request}, without opening it.
   *
   * @param workers runs the steps
   * @param eventLoop calls {@code stepped}, and all methods of this class
   * @param stepped receives the outcome of each step
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

  /** Returns whether a step is running. */
  boolean isStepping() {
    return stepping;
  }

  /** Starts a step; none is running. */
  void start(Step step) {
    stepping = true;
    try {
      workers.execute(() -> report(run(step)));
    } catch (RejectedExecutionException closed) {
      release(step);
      eventLoop.execute(() -> finishStep(Outcome.failed(closed)));
    }
  }

  /** Closes the exchange, after the step that is running. */
  void cancel() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    if (!stepping && last == null) {
      try {
        workers.execute(this::close);
      } catch (RejectedExecutionException closed) {
        close();
      }
    }
  }

  private Outcome run(Step step) {
    try {
      return cancelled
          ? Outcome.failed(new IllegalStateException("the exchange was cancelled"))
          : advance(step);
    } catch (Throwable failure) {
      return Outcome.failed(failure);
    } finally {
      release(step);
    }
  }

  private static void release(Step step) {
    if (step.input() != null) {
      step.input().release();
    }
  }

  private Outcome advance(Step step) throws Exception {
    Outcome ended = last;
    if (ended != null) {
      return ended;
    }
    HttpExchange open = exchange;
    if (open == null) {
      open = service.open(request);
      exchange = open;
    }
    ByteBuf input = step.input();
    boolean processed = input != null && open.wantsInput();
    if (input != null && processed) {
      receive(open, input, step.endOfInput());
    }
    if (step.pause()) {
      open.pause();
    }
    ResponseHead head = open.responseHead();
    ByteBuffer output = null;
    if (step.pullOutput() && head == null && !open.wantsInput()) {
      output = open.nextOutput();
      head = open.responseHead();
    }
    if (step.pullOutput() && head != null) {
      output = open.nextOutput();
    }
    boolean dry = step.pullOutput() && output == null;
    boolean finished = open.finished();
    boolean wantsInput = open.wantsInput();
    if (finished) {
      // here and not when the response was written: that would take another turn of the workers
      open.close();
      last = new Outcome(head, null, true, true, wantsInput, false, null);
    }
    return new Outcome(head, output, dry, finished, wantsInput, processed, null);
  }

  private static void receive(HttpExchange open, ByteBuf input, boolean endOfInput) {
    if (input.isReadable()) {
      open.receive(input.nioBuffer());
    }
    if (endOfInput) {
      open.endOfInput();
    }
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
