// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

/**
 * Limits of the standard commands, and the batch sizes they recommend to clients. The limits bound
 * work of the server, not what is on the wire, so they are no {@link org.hgwire.core.WireLimit};
 * how much a call may look at is one ({@link org.hgwire.core.WireLimit#MAX_EXAMINED_ENTRIES}).
 *
 * @param manifestBatch how many manifests a client should request at a time, as the capabilities
 *     say; 100,000 by default
 * @param filesBatch for how many changesets a client should request files at a time, as the
 *     capabilities say; 10,000 by default
 * @param maxFileRevisions how many file revisions one request of {@code filesdata} may resolve to;
 *     each uses about 150 bytes until the response is complete. By default as many as fit into a
 *     quarter of the heap, at most 2,097,152
 * @param maxDeltaText how many bytes a revision and its base may have for a delta to be computed:
 *     both are held in memory meanwhile; 4 MiB by default. A delta that the repository stores is
 *     sent whatever the texts are
 */
public record CommandSettings(
    int manifestBatch, int filesBatch, int maxFileRevisions, int maxDeltaText) {
  private static final CommandSettings DEFAULTS =
      new CommandSettings(
          100_000,
          10_000,
          (int) Math.min(1 << 21, Runtime.getRuntime().maxMemory() / 4 / 150),
          4 << 20);

  /** Checks that all are positive. */
  public CommandSettings {
    if (manifestBatch < 1 || filesBatch < 1 || maxFileRevisions < 1 || maxDeltaText < 1) {
      throw new IllegalArgumentException("the settings of the commands must be positive");
    }
  }

  /** Returns the default settings. */
  public static CommandSettings defaults() {
    return DEFAULTS;
  }

  /** Returns these settings with another recommended number of manifests. */
  public CommandSettings withManifestBatch(int manifests) {
    return new CommandSettings(manifests, filesBatch, maxFileRevisions, maxDeltaText);
  }

  /** Returns these settings with another recommended number of changesets to request files for. */
  public CommandSettings withFilesBatch(int changesets) {
    return new CommandSettings(manifestBatch, changesets, maxFileRevisions, maxDeltaText);
  }

  /** Returns these settings with another limit on file revisions. */
  public CommandSettings withMaxFileRevisions(int revisions) {
    return new CommandSettings(manifestBatch, filesBatch, revisions, maxDeltaText);
  }

  /** Returns these settings with another limit, in bytes, on texts that deltas are computed of. */
  public CommandSettings withMaxDeltaText(int bytes) {
    return new CommandSettings(manifestBatch, filesBatch, maxFileRevisions, bytes);
  }
}
