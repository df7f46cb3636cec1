// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * Checks that a sink has every file revision that the manifests of a batch name. If so, and the
 * parents of its changesets are complete or in the batch, they are complete.
 *
 * <p>A server goes by the list of files that the text of a changeset has, and converters have
 * written lists that leave out what the manifest changes. So what is missing is asked for by its
 * node before it counts as omitted.
 */
final class FilesCheck {
  /** Bounds the memory for what is missing: that many are requested before the check continues. */
  private static final int MAX_MISSING = 10_000;

  private final PullSink sink;
  private final AddedFiles addedFiles;
  private final SingleFiles singleFiles;

  FilesCheck(PullSink sink, SingleFiles singleFiles, PullLimits limits) {
    this.sink = sink;
    this.addedFiles = new AddedFiles(sink, limits.comparisons());
    this.singleFiles = singleFiles;
  }

  /**
   * Checks a batch.
   *
   * @throws VerificationException naming the first file revision that is missing
   */
  void requireFiles(BatchManifests batch) throws IOException {
    Map<RevisionKey, Integer> missing = new LinkedHashMap<>();
    batch
        .files(addedFiles)
        .visit(
            (file, manifest) -> {
              if (!sink.has(file)) {
                missing.put(file, manifest);
              }
              if (missing.size() >= MAX_MISSING) {
                ask(missing, batch);
              }
            });
    ask(missing, batch);
  }

  private void ask(Map<RevisionKey, Integer> missing, BatchManifests batch) throws IOException {
    Map<ByteString, List<Node>> byPath = new LinkedHashMap<>();
    for (RevisionKey file : missing.keySet()) {
      byPath.computeIfAbsent(file.path(), none -> new ArrayList<>()).add(file.node());
    }
    for (Map.Entry<ByteString, List<Node>> file : byPath.entrySet()) {
      singleFiles.run(file.getKey(), file.getValue());
    }
    Map.Entry<RevisionKey, Integer> first = null;
    for (Map.Entry<RevisionKey, Integer> file : missing.entrySet()) {
      if (!sink.has(file.getKey()) && (first == null || file.getValue() < first.getValue())) {
        first = file;
      }
    }
    if (first != null) {
      throw omitted(first.getKey(), first.getValue(), batch);
    }
    missing.clear();
  }

  private static VerificationException omitted(
      RevisionKey file, int manifest, BatchManifests batch) {
    return new VerificationException(
        file.node(),
        "The server omitted the "
            + file
            + ", to which the manifest "
            + batch.manifest(manifest)
            + " of changeset "
            + batch.changesetOf(manifest)
            + " refers; report this to the server's administrator.",
        null);
  }
}
