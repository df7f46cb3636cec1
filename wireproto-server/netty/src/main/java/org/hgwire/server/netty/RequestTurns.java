// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelHandlerContext;
import org.hgwire.server.http.Places;
import org.hgwire.server.http.ServerBudget;

/**
 * The two turns that a request waits for: to be open, and to respond. Used only on the event loop.
 *
 * @param request before the exchange is opened
 * @param response before the head of the response is written or its first buffer is pulled
 */
record RequestTurns(Turn request, Turn response) {
  /**
   * Returns turns in a budget.
   *
   * @param giveWay called when the request is to end for the benefit of others, or got no place
   */
  static RequestTurns of(ChannelHandlerContext context, ServerBudget budget, Runnable giveWay) {
    return new RequestTurns(
        turn(context, budget.requests(), giveWay), turn(context, budget.responses(), giveWay));
  }

  private static Turn turn(ChannelHandlerContext context, Places places, Runnable giveWay) {
    Object connection = HttpMessages.connectionOf(context.channel());
    return new Turn(context.executor(), places, connection, giveWay);
  }

  /** Leaves both places. */
  void close() {
    request.close();
    response.close();
  }
}
