// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import org.hgwire.store.StoreException;

/** Is told what is wrong with a repository. Called by several threads, one at a time. */
public interface VerificationListener {
  /** Something is damaged or missing; what it is, and where, the message says. */
  void damaged(StoreException fault);

  /** Something is not as it should be, but nothing is lost by it. */
  void warned(String message);
}
