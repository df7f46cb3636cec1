// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The bytes of an exchange that are wrong, as a range of characters of one of its lines.
 *
 * @param side whose line it is
 * @param line the number of the line, from 0
 * @param from the first character
 * @param to the character after the last one
 */
public record Mark(Side side, int line, int from, int to) {
  /** Who sent the line. */
  public enum Side {
    /** The suite. */
    @JsonProperty("sent")
    SENT,
    /** The peer. */
    @JsonProperty("received")
    RECEIVED
  }
}
