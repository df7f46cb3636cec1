// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Nothing more is served once a request ended before its body. */
final class LastCall implements Fault {
  private final CountDownLatch cut = new CountDownLatch(1);

  /** Waits a little: that the request before was cut may be noticed after this one has come. */
  @Override
  public Reply respond(Call call, Server sound) {
    try {
      return cut.await(3, TimeUnit.SECONDS) ? Reply.text(503, "no worker\n") : sound.respond(call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return sound.respond(call);
    }
  }

  @Override
  public void cut() {
    cut.countDown();
  }
}
