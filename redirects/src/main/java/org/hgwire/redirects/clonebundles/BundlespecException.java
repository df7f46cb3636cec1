// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

/** A text is not a known bundlespec. */
public final class BundlespecException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message is a clause that says what is wrong. */
  BundlespecException(String message) {
    super(message);
  }

  /** Returns what is wrong, as a clause. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
