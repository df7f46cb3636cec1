// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.function.Consumer;

/** Passes each event to two listeners, to the second even if the first throws. */
record ListenerPair(ServerListener first, ServerListener second) implements ServerListener {
  private void both(Consumer<ServerListener> event) {
    try {
      event.accept(first);
    } finally {
      event.accept(second);
    }
  }

  @Override
  public void requestBegun(ServedRequest request) {
    both(each -> each.requestBegun(request));
  }

  @Override
  public void bytesReceived(ServedRequest request, long count) {
    both(each -> each.bytesReceived(request, count));
  }

  @Override
  public void bytesSent(ServedRequest request, long count) {
    both(each -> each.bytesSent(request, count));
  }

  @Override
  public void commandBegun(ServedRequest request, String command) {
    both(each -> each.commandBegun(request, command));
  }

  @Override
  public void commandRedirected(ServedRequest request, String command, String target) {
    both(each -> each.commandRedirected(request, command, target));
  }

  @Override
  public void commandRefused(ServedRequest request, String command, String reason) {
    both(each -> each.commandRefused(request, command, reason));
  }

  @Override
  public void commandFailed(ServedRequest request, String command, Throwable failure) {
    both(each -> each.commandFailed(request, command, failure));
  }

  @Override
  public void commandWarned(ServedRequest request, String command, Throwable problem) {
    both(each -> each.commandWarned(request, command, problem));
  }

  @Override
  public void commandEnded(ServedRequest request, CommandReport report) {
    both(each -> each.commandEnded(request, report));
  }

  @Override
  public void requestRefused(ServedRequest request, String reason) {
    both(each -> each.requestRefused(request, reason));
  }

  @Override
  public void requestFailed(ServedRequest request, Throwable failure) {
    both(each -> each.requestFailed(request, failure));
  }

  @Override
  public void requestEnded(ServedRequest request, RequestReport report) {
    both(each -> each.requestEnded(request, report));
  }
}
