// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

/**
 * Limits of the standard commands, and what they advise clients.
 *
 * @param manifestBatch how many manifests a client should ask for in one request, which the
 *     capabilities say
 * @param filesBatch of how many changesets a client should ask for files in one request, which the
 *     capabilities say
 * @param maxFileRevisions how many file revisions one request of {@code filesdata} may resolve to;
 *     each takes about 150 bytes while the request is answered, so the default of 2,097,152 means
 *     300 MiB at the very worst
 * @param maxDeltaText how many bytes a revision may have to be sent as a delta, and its base: both
 *     are held in memory to compute one; 4 MiB by default
 */
public record CommandSettings(
    int manifestBatch, int filesBatch, int maxFileRevisions, int maxDeltaText) {
  private static final CommandSettings DEFAULTS =
      new CommandSettings(100_000, 10_000, 1 << 21, 4 << 20);

  /** Checks that all are positive. */
  public CommandSettings {
    if (manifestBatch < 1 || filesBatch < 1 || maxFileRevisions < 1 || maxDeltaText < 1) {
      throw new IllegalArgumentException("the settings of the commands are positive numbers");
    }
  }

  /** Returns the default settings. */
  public static CommandSettings defaults() {
    return DEFAULTS;
  }

  /** Returns these settings with other batch sizes. */
  public CommandSettings withBatches(int manifests, int files) {
    return new CommandSettings(manifests, files, maxFileRevisions, maxDeltaText);
  }

  /** Returns these settings with another limit of file revisions. */
  public CommandSettings withMaxFileRevisions(int revisions) {
    return new CommandSettings(manifestBatch, filesBatch, revisions, maxDeltaText);
  }

  /** Returns these settings with another limit of texts that are sent as deltas. */
  public CommandSettings withMaxDeltaText(int bytes) {
    return new CommandSettings(manifestBatch, filesBatch, maxFileRevisions, bytes);
  }
}
