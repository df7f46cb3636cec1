// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;

/** Writes the response to one request to its channel. Used only on the event loop. */
// A failed write ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class ResponseOutput {
  /** The size of each write in bytes: the resolution at which a slow client's progress is seen. */
  private static final int PIECE_SIZE = 8 * 1024;

  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final BodyWriting writing;
  private int status;
  private boolean ended;

  /**
   * Makes the output of a response that has not begun.
   *
   * @param turn the place of the response
   * @param pause as for {@link BodyWriting}
   * @param tooSlow called when the client reads too slowly
   */
  ResponseOutput(
      ChannelHandlerContext context,
      HttpRequest request,
      Timeouts timeouts,
      Turn turn,
      BooleanSupplier pause,
      Runnable tooSlow) {
    this.context = context;
    this.request = request;
    writing =
        new BodyWriting(
            context.executor(),
            timeouts,
            PIECE_SIZE,
            turn,
            () -> !ended && pause.getAsBoolean(),
            tooSlow);
  }

  /** Returns the status that was written, or 0. */
  int status() {
    return status;
  }

  /** Returns whether the response has begun. */
  boolean begun() {
    return status != 0;
  }

  /** Returns whether all of the response was given to the channel. */
  boolean ended() {
    return ended;
  }

  /** Returns whether the channel has written all that it was given. */
  boolean idle() {
    return writing.idle();
  }

  /** Returns the number of bytes of the body that the channel has written. */
  long sent() {
    return writing.sent();
  }

  /** Lets a client that waits for it send the body of its request. */
  void writeContinue() {
    context.writeAndFlush(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
  }

  /** Begins the response. */
  void writeHead(ResponseHead response, boolean keepAlive) {
    status = response.status();
    context.write(HttpMessages.response(request, response, keepAlive));
  }

  /** Writes a piece of the body, which {@link #flush} or {@link #end} sends. */
  void write(ByteBuffer output) {
    ByteBuf whole = Unpooled.wrappedBuffer(output);
    while (whole.isReadable()) {
      int size = Math.min(PIECE_SIZE, whole.readableBytes());
      ChannelFuture written = context.write(new DefaultHttpContent(whole.readRetainedSlice(size)));
      writing.submitted(size, written);
    }
    whole.release();
  }

  /** Sends what was written. */
  void flush() {
    context.flush();
  }

  /** Ends the response; {@code sent} is run when the channel has written it. */
  void end(Runnable sent) {
    ended = true;
    ChannelFuture written = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    writing.submitted(0, written);
    written.addListener(future -> sent.run());
  }

  /** Writes another response in the place of this one, and closes the channel. */
  void refuse(Refusal refusal) {
    status = refusal.status().code();
    context
        .writeAndFlush(HttpMessages.refusal(request, refusal))
        .addListener(future -> context.close());
    // A client that does not read even this holds no place: it may not hold the stream either.
    new Deadline(context.executor(), context::close).set(ServerBudget.STALL.toNanos());
  }

  /** Stops the timers. */
  void stop() {
    writing.end();
  }
}
