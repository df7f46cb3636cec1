// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A bundle cannot be applied. What was applied before was verified and is valid. The message is one
 * sentence that says what is wrong and where.
 */
public final class BundleException extends IOException {
  private static final long serialVersionUID = 1L;

  private final BundleFault fault;

  /** Makes the error. */
  public BundleException(BundleFault fault, String message) {
    this(fault, message, null);
  }

  /** Makes the error with its cause. */
  public BundleException(BundleFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** Returns the reason. */
  public BundleFault fault() {
    return fault;
  }
}
