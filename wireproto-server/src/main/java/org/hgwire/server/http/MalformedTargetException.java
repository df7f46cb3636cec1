// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import org.jspecify.annotations.Nullable;

/** The target of a request is malformed; the message is for the client. */
final class MalformedTargetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MalformedTargetException(String message) {
    super(message);
  }

  MalformedTargetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
