// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.concurrent.atomic.AtomicBoolean;

/** Nothing more is served once a request ended before its body. */
final class LastCall implements Fault {
  private final AtomicBoolean over = new AtomicBoolean();

  @Override
  public Reply respond(Call call, Server sound) {
    return over.get() ? Reply.text(503, "no worker\n") : sound.respond(call);
  }

  @Override
  public void cut() {
    over.set(true);
  }
}
