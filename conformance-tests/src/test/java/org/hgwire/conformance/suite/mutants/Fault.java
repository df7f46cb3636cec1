// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a server does wrong. */
@FunctionalInterface
interface Fault {
  /** A server without fault. */
  @FunctionalInterface
  interface Server {
    Reply respond(Call call);
  }

  /** Responds to a request, by way of the server without fault or without it. */
  Reply respond(Call call, Server sound);

  /** Learns that a request ended before its body did. */
  default void cut() {}

  /** Takes requests for others. */
  static Fault request(UnaryOperator<Call> change) {
    return (call, sound) -> sound.respond(change.apply(call));
  }

  /** Takes the frames of requests for others. */
  static Fault frames(UnaryOperator<List<RawFrame>> change) {
    return request(call -> call.withFrames(change));
  }

  /** Sends other responses. */
  static Fault response(BiFunction<Call, Reply, Reply> change) {
    return (call, sound) -> change.apply(call, sound.respond(call));
  }

  /** Sends other frames. */
  static Fault sends(UnaryOperator<List<RawFrame>> change) {
    return response((call, reply) -> reply.withFrames(change));
  }

  /** Refuses requests that are fine. */
  static Fault refuses(Predicate<Call> requests) {
    return (call, sound) ->
        requests.test(call) ? Reply.text(400, "not supported\n") : sound.respond(call);
  }

  /** Refuses frames that are fine. */
  static Fault refusesFrames(Predicate<List<RawFrame>> requests) {
    return refuses(call -> call.isFramed() && requests.test(RawFrame.parse(call.body())));
  }

  /** Fails on requests, with status 500. */
  static Fault crashes(Predicate<Call> requests) {
    return (call, sound) ->
        requests.test(call) ? Reply.text(500, "internal error\n") : sound.respond(call);
  }
}
