// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import org.hgwire.store.StoreException;

/** Counts what is wrong and passes it on. Safe for use by several threads. */
final class Findings {
  private final VerificationListener listener;
  private long faults;
  private long warnings;

  Findings(VerificationListener listener) {
    this.listener = listener;
  }

  synchronized void damaged(StoreException fault) {
    faults++;
    listener.damaged(fault);
  }

  void damaged(String message) {
    damaged(new StoreException(StoreException.Kind.DAMAGED, message));
  }

  synchronized void warned(String message) {
    warnings++;
    listener.warned(message);
  }

  synchronized long faults() {
    return faults;
  }

  synchronized long warnings() {
    return warnings;
  }
}
