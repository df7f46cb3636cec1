// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hgwire.core.command.Notation.NODE_A;
import static org.hgwire.core.command.Notation.NODE_B;

import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RevisionSpecifier.ChangesetDagRange;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicit;
import org.junit.jupiter.api.Test;

class RequestFactoriesTest {
  private static final List<Node> NODES = List.of(NODE_A, NODE_B);

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  @Test
  void requestsOfTextAndNodes() {
    assertThat(HeadsRequest.ofAll()).isEqualTo(new HeadsRequest(false));
    assertThat(HeadsRequest.ofPublic()).isEqualTo(new HeadsRequest(true));
    assertThat(KnownRequest.of(NODE_A, NODE_B)).isEqualTo(new KnownRequest(NODES));
    assertThat(ListkeysRequest.of("bookmarks")).isEqualTo(new ListkeysRequest(bytes("bookmarks")));
    assertThat(LookupRequest.of("tip")).isEqualTo(new LookupRequest(bytes("tip")));
    assertThat(PushkeyRequest.of("n", "k", "old", "new"))
        .isEqualTo(new PushkeyRequest(bytes("n"), bytes("k"), bytes("old"), bytes("new")));
    assertThat(RawstorefiledataRequest.of("changelog", "manifestlog"))
        .isEqualTo(new RawstorefiledataRequest(List.of(bytes("changelog"), bytes("manifestlog"))));
  }

  @Test
  void specifiersOfNodes() {
    assertThat(RevisionSpecifier.changesets(NODE_A, NODE_B))
        .isEqualTo(new ChangesetExplicit(NODES));
    assertThat(RevisionSpecifier.changesets(NODES)).isEqualTo(new ChangesetExplicit(NODES));
    assertThat(RevisionSpecifier.ancestors(NODES))
        .isEqualTo(new ChangesetDagRange(List.of(), NODES));
    assertThat(RevisionSpecifier.range(List.of(NODE_A), List.of(NODE_B)))
        .isEqualTo(new ChangesetDagRange(List.of(NODE_A), List.of(NODE_B)));
  }

  @Test
  void pathFiltersOfText() {
    assertThat(PathFilter.including("path:a", "rootfilesin:b"))
        .isEqualTo(PathFilter.of(List.of(bytes("path:a"), bytes("rootfilesin:b")), List.of()));
    assertThat(PathFilter.excluding("path:a"))
        .isEqualTo(PathFilter.of(List.of(), List.of(bytes("path:a"))));
  }

  @Test
  void dataRequestsSayInWordsWhatTheClientHas() {
    RevisionSpecifier revisions = RevisionSpecifier.changesets(NODE_A);
    assertThat(ChangesetdataRequest.of(revisions, ChangesetField.PARENTS))
        .isEqualTo(new ChangesetdataRequest(List.of(revisions), Set.of(ChangesetField.PARENTS)));
    assertThat(ManifestdataRequest.of(NODES, ManifestField.REVISION))
        .isEqualTo(
            new ManifestdataRequest(bytes(""), NODES, Set.of(ManifestField.REVISION), false));
    assertThat(ManifestdataRequest.of(NODES).withTree("a").havingParents())
        .isEqualTo(new ManifestdataRequest(bytes("a"), NODES, Set.of(), true));
    assertThat(FiledataRequest.of("a", NODES, FileField.LINKNODE))
        .isEqualTo(new FiledataRequest(bytes("a"), NODES, Set.of(FileField.LINKNODE), false));
    assertThat(FiledataRequest.of("a", NODES).havingParents())
        .isEqualTo(new FiledataRequest(bytes("a"), NODES, Set.of(), true));
    PathFilter filter = PathFilter.including("path:a");
    assertThat(FilesdataRequest.of(revisions).withPathFilter(filter).havingParents())
        .isEqualTo(new FilesdataRequest(List.of(revisions), Set.of(), filter, true));
    assertThat(FilesdataRequest.of(revisions, FileField.PARENTS))
        .isEqualTo(
            new FilesdataRequest(
                List.of(revisions), Set.of(FileField.PARENTS), PathFilter.everything(), false));
  }
}
