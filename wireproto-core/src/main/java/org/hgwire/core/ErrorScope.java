// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

/** How much of an exchange an error ends. */
public enum ErrorScope {
  /** Everything: no further byte of the exchange can be understood. */
  CONNECTION,
  /** One protocol stream: its content encoding can no longer be decoded. */
  STREAM,
  /** One request: all others continue. */
  REQUEST
}
