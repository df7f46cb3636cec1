// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

/** A lookup that found nothing; the message is the text of the server, one line. */
public final class RefusedLookupException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes the error. */
  public RefusedLookupException(String text) {
    super(text);
  }
}
