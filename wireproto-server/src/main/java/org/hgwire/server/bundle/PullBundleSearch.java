// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.PullBundle;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.graph.Range;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Searches for a stored bundle that can be sent in place of one that is made; nothing if there is
 * none. It has only changesets that are requested and that the client lacks, and the client has its
 * bases. Such a bundle has neither bookmarks nor phases, so it is sent only if
 *
 * <ul>
 *   <li>more changesets are requested, and phases: then the client pulls, and asks again. One that
 *       looks what is incoming asks for no phases, and not again;
 *   <li>or all that is requested is in it, and no phases are requested;
 *   <li>and no bookmarks or obsolescence markers are requested, or there are none: clients request
 *       them the first time only, and drop the bookmarks of changesets that they do not have yet.
 * </ul>
 */
final class PullBundleSearch implements Work<FoundBundle> {
  private static final ByteString BOOKMARKS = ByteString.utf8("bookmarks");

  /** For how many bundles the changesets are looked at, all of them for each. */
  private static final int MAX_WALKS = 16;

  private final ChangesetGraph graph;
  private final Outgoing outgoing;
  private final BundleRequest request;
  private final PullBundleOffer offer;
  private final Iterator<PullBundle> bundles;
  private int walks;
  private @Nullable Work<FoundBundle> current;

  private PullBundleSearch(
      ChangesetGraph graph,
      Outgoing outgoing,
      BundleRequest request,
      PullBundleOffer offer,
      List<PullBundle> bundles) {
    this.graph = graph;
    this.outgoing = outgoing;
    this.request = request;
    this.offer = offer;
    this.bundles = bundles.iterator();
  }

  /** Begins a search. */
  static Work<FoundBundle> of(
      RepositorySnapshot snapshot,
      ChangesetGraph graph,
      Outgoing outgoing,
      BundleRequest request,
      PullBundleOffer offer) {
    try {
      if (request.format() instanceof BundleFormat.Hg20
          && request.parts().changegroup()
          && hasNothingElse(snapshot, request.parts())) {
        return new PullBundleSearch(graph, outgoing, request, offer, snapshot.pullBundles());
      }
    } catch (IOException unreadable) {
      offer.faults().accept(unreadable);
    }
    return Work.done(FoundBundle.NONE);
  }

  private static boolean hasNothingElse(RepositorySnapshot snapshot, BundleParts parts)
      throws IOException {
    boolean bookmarks = parts.bookmarks() || !parts.namespaces().isEmpty();
    return parts.namespaces().stream().allMatch(BOOKMARKS::equals)
        && (parts.markerVersions().isEmpty() || snapshot.obsolescenceMarkers() == null)
        && (!bookmarks || snapshot.bookmarks().isEmpty());
  }

  @Override
  public @Nullable FoundBundle advance(Steps steps) throws IOException {
    while (true) {
      Work<FoundBundle> examined = current;
      if (examined == null) {
        if (!bundles.hasNext()) {
          return FoundBundle.NONE;
        }
        examined = examine(bundles.next());
        current = examined;
      }
      FoundBundle found;
      try {
        found = examined.advance(steps);
      } catch (IOException unusable) {
        offer.faults().accept(unusable);
        found = FoundBundle.NONE;
      }
      if (found == null) {
        return null;
      }
      current = null;
      examined.close();
      if (found.bytes() != null) {
        return found;
      }
    }
  }

  private Work<FoundBundle> examine(PullBundle bundle) {
    int[] heads = numbers(bundle.heads(), outgoing.changesets());
    int[] bases = numbers(bundle.bases(), outgoing.common());
    if (heads == null || heads.length == 0 || bases == null || ++walks > MAX_WALKS) {
      return Work.done(FoundBundle.NONE);
    }
    return graph
        .ranges(List.of(new Range(bases, heads)))
        .then(
            changesets ->
                fits(changesets)
                    ? offer.bundles().check(bundle, graph, changesets)
                    : Work.done(CheckedBundle.UNUSABLE))
        .map(
            checked ->
                isRead(checked) ? new FoundBundle(PullBundleBytes.open(bundle)) : FoundBundle.NONE);
  }

  /** Returns the numbers of changesets, or null if one is not among {@code all}. */
  private int @Nullable [] numbers(List<Node> nodes, BitSet all) {
    int[] found = new int[nodes.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = graph.find(nodes.get(i));
      if (found[i] == ChangesetIndex.NONE || !all.get(found[i])) {
        return null;
      }
    }
    return found;
  }

  private boolean fits(BitSet changesets) {
    boolean everything = changesets.cardinality() == outgoing.changesets().cardinality();
    return !changesets.intersects(outgoing.common()) && request.parts().phases() != everything;
  }

  private boolean isRead(CheckedBundle bundle) {
    return bundle.usable()
        && offer.compressions().contains(bundle.compression())
        && bundle.changegroup().compareTo(request.format().changegroup()) <= 0;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
