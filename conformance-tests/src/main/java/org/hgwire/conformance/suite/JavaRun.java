// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a client in Java, in a thread of its own. */
final class JavaRun {
  /** What a process ends with that aborts. */
  private static final int ABORTED = 134;

  private JavaRun() {}

  static ClientEnd run(ClientUnderTest.JavaClient client, URI url, Path directory, Duration limit)
      throws InterruptedException {
    FutureTask<ClientEnd> task =
        new FutureTask<>(
            () -> {
              client.cloneAll(url, directory);
              return new ClientEnd(0, "");
            });
    Thread thread = new Thread(task, "client-under-test");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      boolean crashed = e.getCause() instanceof VirtualMachineError;
      return new ClientEnd(crashed ? ABORTED : 1, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return new ClientEnd(null, "");
    } finally {
      task.cancel(true);
    }
  }
}
