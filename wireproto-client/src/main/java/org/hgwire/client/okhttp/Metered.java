// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

/** A socket that a meter watches. */
interface Metered {
  /** Returns the meter. */
  ConnectionMeter meter();
}
