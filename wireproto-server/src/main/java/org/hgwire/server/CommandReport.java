// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What became of one command.
 *
 * @param name its name, or {@link #UNKNOWN}
 * @param outcome how it ended
 * @param objects how many objects its response had; empty if that is not known, since they came
 *     from a cache
 * @param bytes how many bytes its response had, before compression and framing
 * @param duration the time from the beginning of its response to the end
 */
public record CommandReport(
    String name, Outcome outcome, OptionalLong objects, long bytes, Duration duration) {
  /** The name of every command that the server does not have, however the client called it. */
  public static final String UNKNOWN = "(unknown)";
}
