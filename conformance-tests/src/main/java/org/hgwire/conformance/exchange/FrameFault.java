// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

/** A field of a frame breaks a rule for what a server sends. */
final class FrameFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FaultPlace.Field field;

  FrameFault(FaultPlace.Field field, String message) {
    super(message);
    this.field = field;
  }

  FaultPlace.Field field() {
    return field;
  }
}
