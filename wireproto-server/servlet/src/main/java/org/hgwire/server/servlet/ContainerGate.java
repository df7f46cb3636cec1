// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

/**
 * Whether the container's objects of one request may still be used: containers reuse them for the
 * next request. Every use outside the container's own callbacks holds the monitor of the gate, and
 * is short; a callback that ends the request closes the gate, and so waits for a use that is under
 * way. The container's methods that call back ({@code complete}, {@code dispatch}) are called
 * without the monitor.
 */
final class ContainerGate {
  private volatile boolean closed;

  /**
   * Returns whether the request has ended. It can end at any time unless the caller holds the
   * monitor.
   */
  boolean isClosed() {
    return closed;
  }

  /** Closes the gate and returns whether it was open. */
  synchronized boolean close() {
    boolean wasOpen = !closed;
    closed = true;
    return wasOpen;
  }
}
