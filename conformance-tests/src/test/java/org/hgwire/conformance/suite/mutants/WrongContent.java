// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;

/** What is wrong at the place that redirects lead to. */
final class WrongContent {
  private static final String PLACE = "/content/";

  private WrongContent() {}

  /** Returns whether a call is one for content. */
  static boolean isFor(Call call) {
    return call.target().startsWith(PLACE);
  }

  /** Sends content that there is as other responses. */
  static Fault sent(UnaryOperator<Reply> change) {
    return Fault.response(
        (call, reply) -> isFor(call) && reply.status() == 200 ? change.apply(reply) : reply);
  }

  /** Sends other bytes. */
  static Fault bytes(UnaryOperator<ByteString> change) {
    return sent(reply -> reply.withBody(change.apply(reply.body())));
  }

  /** Sends other bytes every second time. */
  static Fault changing() {
    AtomicInteger count = new AtomicInteger();
    return bytes(body -> count.incrementAndGet() % 2 == 0 ? ByteString.utf8("other") : body);
  }

  /** Sends something for whatever there is not. */
  static Fault foundEverywhere() {
    return Fault.response(
        (call, reply) -> isFor(call) && reply.status() >= 400 ? Reply.text(200, "found\n") : reply);
  }

  /** Lists what was fetched from a directory. */
  static Fault listed() {
    Set<String> fetched = new TreeSet<>();
    return Fault.response(
        (call, reply) -> {
          synchronized (fetched) {
            if (isFor(call) && call.target().endsWith("/")) {
              return Reply.text(200, String.join("\n", fetched));
            }
            fetched.add(call.target());
            return reply;
          }
        });
  }

  /** Returns two byte strings, one behind the other. */
  static ByteString joined(ByteString first, ByteString second) {
    return ByteString.fromHex(first.hex() + second.hex());
  }
}
