// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * Checks that a sink has every file revision to which the manifest of a changeset refers and the
 * manifests of its parents do not. If so, and the parents are complete, the changeset is complete.
 *
 * <p>A server goes by the list of files that the text of a changeset has, and converters have
 * written lists that leave out what the manifest changes. So what is missing is asked for by its
 * node before it counts as omitted.
 */
final class FilesCheck {
  /** Bounds the memory for what is missing: that many are requested before the check continues. */
  private static final int MAX_MISSING = 10_000;

  /** About 20 MiB of them. */
  private static final int MAX_PAIRS = 65_536;

  private final PullSink sink;
  private final AddedFiles addedFiles;
  private final SingleFiles singleFiles;

  /** The pairs that were compared, the oldest first. */
  private final Set<ManifestPair> compared = new LinkedHashSet<>();

  /** The first changeset and manifest that name a missing revision. */
  private record Naming(Node changeset, Node manifest) {}

  FilesCheck(PullSink sink, SingleFiles singleFiles, PullLimits limits) {
    this.sink = sink;
    this.addedFiles = new AddedFiles(sink, limits.comparisons());
    this.singleFiles = singleFiles;
  }

  /**
   * Checks some changesets.
   *
   * @throws VerificationException naming the first file revision that is missing
   */
  void requireFiles(List<Node> changesets) throws IOException {
    Map<RevisionKey, Naming> missing = new LinkedHashMap<>();
    for (Node changeset : changesets) {
      ManifestPair pair = addedFiles.pairOf(changeset);
      if (!compared.contains(pair)) {
        addedFiles.visit(
            pair,
            (manifest, entry) -> {
              RevisionKey file = RevisionKey.file(entry.path(), entry.node());
              if (!sink.has(file)) {
                missing.putIfAbsent(file, new Naming(changeset, manifest));
              }
            });
        remember(pair);
      }
      if (missing.size() >= MAX_MISSING) {
        ask(missing);
      }
    }
    ask(missing);
  }

  private void remember(ManifestPair pair) {
    compared.add(pair);
    if (compared.size() > MAX_PAIRS) {
      Iterator<ManifestPair> oldest = compared.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private void ask(Map<RevisionKey, Naming> missing) throws IOException {
    Map<ByteString, List<Node>> byPath = new LinkedHashMap<>();
    for (RevisionKey file : missing.keySet()) {
      byPath.computeIfAbsent(file.path(), none -> new ArrayList<>()).add(file.node());
    }
    for (Map.Entry<ByteString, List<Node>> file : byPath.entrySet()) {
      singleFiles.run(file.getKey(), file.getValue());
    }
    for (Map.Entry<RevisionKey, Naming> file : missing.entrySet()) {
      if (!sink.has(file.getKey())) {
        throw omitted(file.getKey(), file.getValue());
      }
    }
    missing.clear();
  }

  private static VerificationException omitted(RevisionKey file, Naming naming) {
    return new VerificationException(
        file.node(),
        "The server omitted the "
            + file
            + ", to which the manifest "
            + naming.manifest()
            + " of changeset "
            + naming.changeset()
            + " refers; report this to the server's administrator.",
        null);
  }
}
