// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Where a pull puts what it gets, and what it asks for what is there already. {@code
 * RepositorySink} in {@code client.store} is a repository on the disk; {@link ForwardingPullSink}
 * is the start of an index.
 *
 * <h2>What an implementation may rely on</h2>
 *
 * <ul>
 *   <li>All methods are called on the thread that runs the pull, one at a time.
 *   <li>Every text is whole and verified: deltas were resolved before, and the hash of the text and
 *       its parents is the node. What no hash covers was not verified: {@link RepositoryState}, and
 *       the text of a revision that has a {@linkplain PulledRevision#substitute substitute}. What
 *       is in a text is the committer's: a changeset's user, date and list of files, a manifest's
 *       paths.
 *   <li>A manifest is well formed and its paths are {@linkplain
 *       org.hgwire.core.revision.TrackedPath tracked paths}, each there once: none is absolute, has
 *       a part {@code ..} or leads into a {@code .hg}. Some platforms do not take them as they are:
 *       a sink that writes files there has to expect backslashes, colons and reserved names.
 *   <li>A revision comes once, after its parents. All new changesets come first, then the manifests
 *       and file revisions of a batch of changesets, then {@link #changesetsCompleted} with that
 *       batch, parents before children; {@link #stateReceived} comes last.
 *   <li>When {@link #changesetsCompleted} is called, the manifest of each of these changesets and
 *       every file revision in it are in the sink. A changeset that was reported is never reported
 *       again, unless the call threw.
 *   <li>What a method throws ends the pull, which throws it. Whatever ends a pull, the next one
 *       into the same sink continues with what is missing; nothing has to be undone.
 * </ul>
 *
 * <h2>What a pull relies on</h2>
 *
 * <ul>
 *   <li>What was accepted is found by {@link #has} and {@link #open} from then on, in this pull and
 *       in later ones: it may be the base of the next delta.
 *   <li>{@link #has} and {@link #parents} are cheap: a pull calls them for every revision.
 * </ul>
 *
 * <h2>A part of a repository</h2>
 *
 * A sink whose {@link #takes} says so gets less than the whole:
 *
 * <ul>
 *   <li>With paths, the file revisions inside of them, and no others. Manifests are whole.
 *   <li>With a depth, changesets whose parents are not there, and will not be. They come after
 *       those of their parents that come; after a pull from further ahead, a later one may bring
 *       parents of what is there. The parents of a manifest or a file revision may come later or
 *       never.
 *   <li>When {@link #changesetsCompleted} is called, the manifest of each of these changesets and
 *       every file revision in it that is inside the paths are in the sink.
 *   <li>A changeset whose parents are not there is like one without parents to {@link
 *       RepositoryState}: it is a draft root if it is a draft.
 * </ul>
 */
public interface PullSink extends AutoCloseable {
  /**
   * Returns whether the sink takes a part of a repository, or the whole of it. Asked before
   * anything else; if not, the pull ends with a {@link PartRefusedException}.
   *
   * <p>No pull brings what one with other paths left out of a changeset that is complete: a sink
   * that has a part takes that part again, perhaps to another depth, and nothing else; one that
   * forwards to another sink takes what that one takes. Takes the whole alone, unless it is
   * overridden.
   */
  default boolean takes(RepositoryPart part) throws IOException {
    return part.isWhole();
  }

  /** Returns the changesets in the sink, complete or not, that have no child there. */
  Collection<Node> heads() throws IOException;

  /**
   * Returns the parents, without the null node, of a changeset in the sink: of a part, also those
   * that are not in the sink.
   */
  List<Node> parents(Node changeset) throws IOException;

  /**
   * Returns the changesets in the sink for which {@link #changesetsCompleted} was not called yet,
   * parents before children.
   */
  Iterable<Node> incomplete() throws IOException;

  /** Returns whether the sink has a revision. */
  boolean has(RevisionKey key) throws IOException;

  /**
   * Returns the text of a revision in the sink, or null if there is none. Used for the bases of
   * deltas, and for what a changeset or manifest says.
   */
  @Nullable RevisionText open(RevisionKey key) throws IOException;

  /**
   * Stores a verified revision that the sink does not have; its parents came before. Its text is
   * valid until this method returns.
   */
  void accept(PulledRevision revision) throws IOException;

  /**
   * Notes that the manifests and file revisions of these changesets are all there; durably, if the
   * sink is to be complete after a crash. After a response that was cut these need not be the first
   * of {@link #incomplete}; a sink that cannot keep them then goes on to report them there.
   */
  void changesetsCompleted(List<Node> changesets) throws IOException;

  /**
   * Forgets all changesets that are incomplete: the server does not show some of them any more.
   *
   * @return false, the default, if the sink keeps what it has
   */
  default boolean forgetIncomplete() throws IOException {
    return false;
  }

  /**
   * Notes that what came since {@link #changesetsCompleted} is only a part of what these changesets
   * have, and no more of it comes: a sink may drop it, but for the changesets. {@link #has} and
   * {@link #open} are asked anew. Does nothing unless it is overridden.
   */
  default void abandoned() throws IOException {}

  /**
   * Stores an obsolescence marker of the server, which the sink may have already; {@link
   * #changesetsCompleted} or {@link #stateReceived} follows. The changesets that it names need not
   * be in the sink. No hash covers it; it is well formed, and has nothing that makes Mercurial
   * fail. Ignored unless it is overridden.
   */
  default void markerReceived(ObsolescenceMarker marker) throws IOException {}

  /**
   * Stores all heads, bookmarks and phases of the repository, in place of what came before: the
   * last call of a pull, when all changesets are complete, and only if markers came or something
   * differs from {@link #state}. The sink has all changesets in it.
   */
  void stateReceived(RepositoryState state) throws IOException;

  /** Returns what {@link #stateReceived} stored last, or null if it was never called. */
  @Nullable RepositoryState state() throws IOException;

  @Override
  void close() throws IOException;
}
