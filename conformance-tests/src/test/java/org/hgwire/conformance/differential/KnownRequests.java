// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.testing.RequestArbitraries;

/**
 * Sound requests about revisions that a repository has. How the servers differ in what they say
 * about revisions is for {@code GeneratedRequestsTest}; here it is the frames that matter.
 */
final class KnownRequests {
  /** What each server has of its own, or what changes the repository. */
  private static final Set<String> LEFT_OUT =
      Set.of("capabilities", "clonebundles", "pushkey", "rawstorefiledata");

  private final KnownRevisions revisions;

  KnownRequests(KnownRevisions revisions) {
    this.revisions = revisions;
  }

  /** Returns requests: mostly of known revisions, some of any. */
  Arbitrary<CommandRequest> requests() {
    Arbitrary<CommandRequest> any =
        RequestArbitraries.typedRequests()
            .filter(request -> !LEFT_OUT.contains(request.command()))
            .map(TypedRequest::toRequest);
    return Arbitraries.frequencyOf(
        Tuple.of(5, known().map(TypedRequest::toRequest)), Tuple.of(1, any));
  }

  private Arbitrary<TypedRequest> known() {
    List<Node> changesets = revisions.nodes(Segment.CHANGESETS, ByteString.empty());
    List<Node> manifests = revisions.nodes(Segment.MANIFESTS, ByteString.empty());
    Arbitrary<List<Node>> nodes = Arbitraries.of(changesets).list().ofMaxSize(4);
    Arbitrary<Boolean> yesOrNo = Arbitraries.of(false, true);
    Arbitrary<Set<ChangesetField>> fields =
        Arbitraries.of(
            EnumSet.noneOf(ChangesetField.class),
            EnumSet.of(ChangesetField.REVISION),
            EnumSet.of(ChangesetField.PARENTS, ChangesetField.REVISION));
    return Arbitraries.oneOf(
        Arbitraries.of(new BranchmapRequest()),
        yesOrNo.map(HeadsRequest::new),
        nodes.map(KnownRequest::new),
        Arbitraries.of("bookmarks", "namespaces", "phases")
            .map(name -> new ListkeysRequest(ByteString.utf8(name))),
        Arbitraries.of(changesets).map(node -> new LookupRequest(ByteString.utf8(node.hex()))),
        Combinators.combine(
                nodes.map(
                    each ->
                        List.<RevisionSpecifier>of(new RevisionSpecifier.ChangesetExplicit(each))),
                fields)
            .as(ChangesetdataRequest::new),
        Arbitraries.of(manifests)
            .map(
                node ->
                    new ManifestdataRequest(
                        ByteString.empty(),
                        List.of(node),
                        EnumSet.of(ManifestField.PARENTS, ManifestField.REVISION),
                        false)),
        Arbitraries.of(revisions.paths()).flatMap(this::filedata));
  }

  private Arbitrary<TypedRequest> filedata(ByteString path) {
    return Arbitraries.of(revisions.nodes(Segment.FILES, path))
        .map(
            node ->
                new FiledataRequest(
                    path, List.of(node), EnumSet.of(FileField.PARENTS, FileField.REVISION), false));
  }
}
