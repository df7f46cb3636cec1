// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Runs the target on one input. A call that takes more than a second is a finding. A slow one is
 * run again and its CPU time measured, so that other programs on the machine make no findings; to
 * measure that of every call would cost more than most calls do.
 */
final class TimedCall {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

  private TimedCall() {}

  /** What a target does with one input. */
  interface Target {
    /** Reads the input; what is expected of a malformed one is caught inside. */
    void run() throws Exception;
  }

  static void of(Target target) {
    HeapBound.apply();
    long before = System.nanoTime();
    run(target);
    if (System.nanoTime() - before > MAX_NANOS) {
      requireShort(target);
    }
  }

  private static void requireShort(Target target) {
    long before = THREADS.getCurrentThreadCpuTime();
    run(target);
    long nanos = THREADS.getCurrentThreadCpuTime() - before;
    if (nanos > MAX_NANOS) {
      throw new AssertionError(
          "one input took " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms of CPU time");
    }
  }

  private static void run(Target target) {
    try {
      target.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("an exception that is not documented", e);
    }
  }
}
