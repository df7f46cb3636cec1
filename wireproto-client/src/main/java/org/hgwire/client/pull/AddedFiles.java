// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
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
  private final ExpansionLimit limit;
  private final ChangesetManifests manifests;

  /**
   * Makes the comparison.
   *
   * @param limit for the manifests that are read
   */
  AddedFiles(PullSink sink, ExpansionLimit limit) {
    this.sink = sink;
    this.limit = limit;
    this.manifests = new ChangesetManifests(sink);
  }

  /** Returns what has to be compared for a changeset. */
  ManifestPair pairOf(Node changeset) throws IOException {
    List<Node> before = new ArrayList<>(2);
    for (Node parent : sink.parents(changeset)) {
      before.add(manifests.of(parent));
    }
    return new ManifestPair(manifests.of(changeset), before);
  }

  /**
   * Visits what a changeset with {@code pair} adds, in the order of its manifest, which the sink
   * has. If the sink lacks the manifest of a parent, that parent counts as empty.
   *
   * @throws PeerProtocolException if the manifest is malformed, or more has to be read than the
   *     limit allows
   */
  void visit(ManifestPair pair, Visitor visitor) throws IOException {
    if (pair.isUnchanged()) {
      return;
    }
    Node manifest = pair.own();
    List<Node> before = pair.earlier();
    charge(pair);
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

  private void charge(ManifestPair pair) throws IOException {
    try {
      limit.work(length(pair.own()));
      for (Node earlier : pair.earlier()) {
        limit.work(length(earlier));
      }
    } catch (WireProtocolException e) {
      throw new PeerProtocolException(
          "The manifest " + pair.own() + " was not compared: " + e.getMessage(), e);
    }
  }

  private long length(Node manifest) throws IOException {
    RevisionText text = manifest.isNull() ? null : sink.open(RevisionKey.manifest(manifest));
    return text == null ? 0 : text.length();
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
