// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.function.Consumer;
import org.hgwire.core.PeerText;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;

/**
 * Prints what the server is at fault for, whether requests failed of it or not: the operator learns
 * it, and the client does not.
 *
 * @param lines called by several threads at once
 */
record FaultLog(Consumer<String> lines) implements ServerListener {
  @Override
  public void requestFailed(ServedRequest request, Throwable failure) {
    print(request, failure);
  }

  @Override
  public void commandFailed(ServedRequest request, String command, Throwable failure) {
    print(request, failure);
  }

  @Override
  public void commandWarned(ServedRequest request, String command, Throwable problem) {
    print(request, problem);
  }

  private void print(ServedRequest request, Throwable failure) {
    String reason = Failure.of(failure).message();
    String repository = request.caller().path();
    lines.accept("hgwire: " + PeerText.line("/" + repository + ": " + reason));
  }
}
