// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.pull.PathChange.Kind;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.FileText;
import org.hgwire.core.revision.FileText.CopySource;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;
import org.jspecify.annotations.Nullable;

/**
 * The paths that changesets in a sink changed, and what happened to them: what {@code hg status
 * --change} shows.
 *
 * <p>It compares the manifest of a changeset with that of its first parent, as the sink has them:
 * whole texts, whose deltas the pull resolved and verified before the sink got them. So the result
 * is as trustworthy as the nodes of both changesets, unlike the list of files in a changeset's
 * text, which its committer's client wrote. Both manifests are read from their start to their end,
 * 64 KiB of each in memory; a visit takes time proportional to their length, whatever the changeset
 * changed.
 *
 * <p>The manifests are all in the sink from {@link PullSink#changesetsCompleted} on. For one
 * thread, that of the pull.
 */
public final class ChangedPaths {
  /** Bounds the memory for the metadata of a file, which holds a path and a node; not a peer's. */
  private static final int MAX_METADATA = 64 * 1024;

  private static final ByteString METADATA_MARK = ByteString.copyOf((byte) 1, (byte) '\n');

  private final PullSink sink;
  private final ChangesetManifests manifests;

  /** Sees the changes of a changeset. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Sees a change.
     *
     * @throws IOException to end the visit, which throws it
     */
    void changed(PathChange change) throws IOException;
  }

  /** Makes an instance that reads from {@code sink}. */
  public ChangedPaths(PullSink sink) {
    this.sink = sink;
    this.manifests = new ChangesetManifests(sink);
  }

  /**
   * Visits the paths that a changeset changed, in the order of their bytes. A changeset without
   * parent added all of its paths, and so did one whose parents are not in the sink, which has a
   * part; a merge is compared with its first parent, or with the one that is there.
   *
   * @throws PeerProtocolException if one of the manifests is malformed
   * @throws IOException if the sink lacks one of them, or it or the visitor throws
   */
  public void visit(Node changeset, Visitor visitor) throws IOException {
    List<Node> parents = ShallowSink.present(sink, changeset);
    Node own = manifests.of(changeset);
    Node old = parents.isEmpty() ? Node.NULL : manifests.of(parents.get(0));
    if (own.equals(old)) {
      return;
    }
    try (ManifestLines before = ManifestLines.of(sink, old);
        ManifestLines after = ManifestLines.of(sink, own)) {
      compare(before, after, visitor);
    } catch (WireProtocolException e) {
      throw new PeerProtocolException(
          "The manifest " + own + " or " + old + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void compare(ManifestLines before, ManifestLines after, Visitor visitor)
      throws IOException {
    boolean inBefore = before.next();
    boolean inAfter = after.next();
    while (inBefore || inAfter) {
      int order = !inBefore ? 1 : !inAfter ? -1 : before.compareLine(after);
      boolean samePath = order != 0 && inBefore && inAfter && before.hasPathOf(after);
      if (samePath) {
        visitor.changed(modified(entry(before), entry(after)));
      } else if (order < 0) {
        ManifestText.Cursor gone = entry(before);
        visitor.changed(change(Kind.REMOVED, gone, gone.node(), Node.NULL));
      } else if (order > 0) {
        ManifestText.Cursor added = entry(after);
        visitor.changed(change(Kind.ADDED, added, Node.NULL, added.node()));
      }
      inBefore = (order <= 0 || samePath) ? before.next() : inBefore;
      inAfter = (order >= 0 || samePath) ? after.next() : inAfter;
    }
  }

  private static ManifestText.Cursor entry(ManifestLines lines) {
    ManifestText.Cursor entry = ManifestText.cursor(lines.line());
    entry.next();
    return entry;
  }

  private static PathChange modified(ManifestText.Cursor before, ManifestText.Cursor after) {
    return change(Kind.MODIFIED, after, before.node(), after.node());
  }

  private static PathChange change(Kind kind, ManifestText.Cursor entry, Node before, Node node) {
    return new PathChange(kind, entry.path(), before, node, entry.flag());
  }

  /**
   * Returns where the file revision of a change was copied or renamed from, if its committer
   * recorded that: it is metadata in the text of the file, which is read for it. What is returned
   * need not exist.
   *
   * @return the source; null if none was recorded, the metadata is malformed, or the path has no
   *     new file revision
   * @throws IOException if the sink lacks the text, or throws
   */
  public @Nullable CopySource copySource(PathChange change) throws IOException {
    boolean newRevision = change.kind() != Kind.REMOVED && !change.node().equals(change.before());
    if (!newRevision || change.flag() == ManifestFlag.TREE) {
      return null;
    }
    RevisionKey key = RevisionKey.file(change.path(), change.node());
    RevisionText text = sink.open(key);
    if (text == null) {
      throw new IOException("the sink does not have the " + key);
    }
    try (InputStream in = text.open()) {
      if (in.read() != METADATA_MARK.at(0) || in.read() != METADATA_MARK.at(1)) {
        return null;
      }
    }
    try (InputStream in = text.open()) {
      return FileText.parse(ByteString.copyOf(in.readNBytes(MAX_METADATA))).copySource();
    } catch (WireProtocolException e) {
      // Somebody committed that; it is not a reason to stop an index.
      return null;
    }
  }
}
