// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.VerificationException;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;

/**
 * Holds a sink to this: what a manifest refers to and the manifests of its changeset's parents do
 * not is there. So, if the parents are complete, the changeset is.
 *
 * <p>Up to three manifests are read side by side, 64 KiB of each in memory; of the lines that they
 * share nothing is made.
 */
final class FilesCheck {
  private final PullSink sink;
  private final ChangesetManifests manifests;

  FilesCheck(PullSink sink) {
    this.sink = sink;
    this.manifests = new ChangesetManifests(sink);
  }

  /**
   * Checks one changeset.
   *
   * @throws VerificationException naming the first file revision that is missing
   */
  void requireFiles(Node changeset) throws IOException {
    Node manifest = manifests.of(changeset);
    List<Node> before = new ArrayList<>(2);
    for (Node parent : sink.parents(changeset)) {
      before.add(manifests.of(parent));
    }
    if (manifest.isNull() || before.contains(manifest)) {
      return;
    }
    before.removeIf(Node::isNull);
    try (ManifestLines own = lines(manifest);
        Earlier first = before.isEmpty() ? Earlier.nothing() : new Earlier(lines(before.get(0)));
        Earlier second =
            before.size() < 2 ? Earlier.nothing() : new Earlier(lines(before.get(1)))) {
      while (own.next()) {
        boolean inFirst = first.has(own);
        boolean inSecond = second.has(own);
        if (!inFirst && !inSecond) {
          requireFile(changeset, manifest, own);
        }
      }
    }
  }

  private void requireFile(Node changeset, Node manifest, ManifestLines own) throws IOException {
    try {
      ManifestText.Cursor entry = ManifestText.cursor(own.line());
      entry.next();
      RevisionKey file = RevisionKey.file(entry.path(), entry.node());
      if (entry.flag() == ManifestFlag.TREE || !sink.has(file)) {
        throw new VerificationException(
            file.node(),
            "The server left out the "
                + (entry.flag() == ManifestFlag.TREE ? "files of the directory, " : "")
                + file
                + ", to which the manifest "
                + manifest
                + " of changeset "
                + changeset
                + " refers; tell who runs the server.",
            null);
      }
    } catch (WireProtocolException e) {
      throw new PeerProtocolException(
          "The manifest " + manifest + " cannot be read: " + e.getMessage(), e);
    }
  }

  private ManifestLines lines(Node manifest) throws IOException {
    RevisionText text = sink.open(RevisionKey.manifest(manifest));
    if (text == null) {
      throw new IOException("the sink has lost the manifest " + manifest);
    }
    return new ManifestLines(text.open());
  }

  /** The manifest of a parent, gone through as far as the lines that are asked for. */
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

    /** Returns whether the line of {@code wanted} is there; lines are asked for in order. */
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
