// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestText;

/**
 * Finds the file revisions to which the manifest of a changeset refers and the manifests of its
 * parents do not.
 *
 * <p>Up to three manifests are read side by side, 64 KiB of each in memory; lines that they share
 * are not parsed.
 */
final class AddedFiles {
  /** Sees the entries. */
  interface Visitor {
    /**
     * Sees an entry.
     *
     * @param manifest the manifest that it is in
     * @param entry the entry; valid during the call
     */
    void added(Node manifest, ManifestText.Cursor entry) throws IOException;
  }

  private final PullSink sink;
  private final ChangesetManifests manifests;

  AddedFiles(PullSink sink) {
    this.sink = sink;
    this.manifests = new ChangesetManifests(sink);
  }

  /**
   * Visits what a changeset adds, in the order of its manifest, which the sink has. If the sink
   * lacks the manifest of a parent, that parent counts as empty.
   */
  void visit(Node changeset, Visitor visitor) throws IOException {
    Node manifest = manifests.of(changeset);
    List<Node> before = new ArrayList<>(2);
    for (Node parent : sink.parents(changeset)) {
      before.add(manifests.of(parent));
    }
    if (manifest.isNull() || before.contains(manifest)) {
      return;
    }
    try (ManifestLines own = ManifestLines.of(sink, manifest);
        Earlier first = before.isEmpty() ? Earlier.nothing() : earlier(before.get(0));
        Earlier second = before.size() < 2 ? Earlier.nothing() : earlier(before.get(1))) {
      while (own.next()) {
        boolean inFirst = first.has(own);
        boolean inSecond = second.has(own);
        if (!inFirst && !inSecond) {
          visit(manifest, own, visitor);
        }
      }
    }
  }

  private static void visit(Node manifest, ManifestLines own, Visitor visitor) throws IOException {
    ManifestText.Cursor entry = ManifestText.cursor(own.line());
    try {
      entry.next();
      visitor.added(manifest, entry);
    } catch (WireProtocolException e) {
      throw new PeerProtocolException(
          "The manifest " + manifest + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Earlier earlier(Node manifest) throws IOException {
    return !manifest.isNull() && sink.has(RevisionKey.manifest(manifest))
        ? new Earlier(ManifestLines.of(sink, manifest))
        : Earlier.nothing();
  }

  /** The manifest of a parent, read as far as the lines that were looked up. */
  private static final class Earlier implements AutoCloseable {
    private final ManifestLines lines;
    private boolean present;

    Earlier(ManifestLines lines) throws IOException {
      this.lines = lines;
      this.present = lines.next();
    }

    static Earlier nothing() throws IOException {
      return new Earlier(new ManifestLines(InputStream.nullInputStream()));
    }

    /**
     * Returns whether the manifest has the line of {@code wanted}; lines are looked up in order.
     */
    boolean has(ManifestLines wanted) throws IOException {
      int order = -1;
      while (present) {
        order = lines.compareLine(wanted);
        if (order >= 0) {
          break;
        }
        present = lines.next();
      }
      return present && order == 0;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
