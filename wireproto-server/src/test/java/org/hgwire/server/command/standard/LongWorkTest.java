// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request costs in a large repository, and that each step of it is short. */
class LongWorkTest {
  private static final int COUNT = 1_000_000;
  private static final int SPECIFIERS = 50_000;

  /** More than a turn has steps, since a step may look at several things. */
  private static final int LOOKS_PER_TURN = 25_000;

  private final LongLine repository = new LongLine(COUNT, 20_000);

  static Stream<Arguments> requests() {
    LongLine line = new LongLine(COUNT, 0);
    Node tip = line.node(COUNT - 1);
    RevisionSpecifier all = RevisionSpecifier.ancestors(List.of(tip));
    List<Node> few = IntStream.range(0, 300).mapToObj(i -> line.node(10 * i + 10)).toList();
    List<Node> many = IntStream.range(0, SPECIFIERS).mapToObj(line::node).toList();
    PathFilter nothing = PathFilter.including("path:nothing");
    return Stream.of(
        Arguments.of("heads", 3, new HeadsRequest(false)),
        Arguments.of("public heads", 4, new HeadsRequest(true)),
        Arguments.of("known", 3, new KnownRequest(many)),
        Arguments.of("branchmap", 7, new BranchmapRequest()),
        Arguments.of("prefix", 8, new LookupRequest(ByteString.utf8("12345678000f42"))),
        Arguments.of("branch", 8, new LookupRequest(ByteString.utf8("branch1"))),
        Arguments.of("phases", 5, new ListkeysRequest(ByteString.utf8("phases"))),
        Arguments.of("bookmarks", 3, new ListkeysRequest(ByteString.utf8("bookmarks"))),
        Arguments.of("all", 4, changesets(List.of(all))),
        Arguments.of("depth", 4, changesets(List.of(depth(tip)))),
        Arguments.of("updates", 8, changesets(List.of(RevisionSpecifier.range(few, List.of(tip))))),
        Arguments.of(
            "many explicit",
            3,
            changesets(many.stream().map(RevisionSpecifier::changesets).toList())),
        Arguments.of("many depths", 3, changesets(many.stream().map(LongWorkTest::depth).toList())),
        Arguments.of(
            "many heads",
            3,
            changesets(
                many.stream().map(node -> RevisionSpecifier.ancestors(List.of(node))).toList())),
        Arguments.of(
            "many ranges",
            110,
            changesets(
                many.stream()
                    .map(root -> RevisionSpecifier.range(List.of(root), List.of(tip)))
                    .toList())),
        Arguments.of(
            "filter on changes",
            5,
            FilesdataRequest.of(all).withPathFilter(nothing).havingParents()),
        Arguments.of(
            "filter on manifests",
            4,
            FilesdataRequest.of(RevisionSpecifier.changesets(few)).withPathFilter(nothing)),
        Arguments.of(
            "revision without a link",
            9,
            new ManifestdataRequest(
                ByteString.empty(), List.of(new Node(7, 7, 7)), Set.of(), false)),
        Arguments.of(
            "revisions of a file",
            4,
            new FiledataRequest(ByteString.utf8("f"), many, Set.of(), false)));
  }

  private static RevisionSpecifier depth(Node node) {
    return new RevisionSpecifier.ChangesetExplicitDepth(List.of(node), Long.MAX_VALUE);
  }

  private static TypedRequest changesets(List<RevisionSpecifier> revisions) {
    return new ChangesetdataRequest(
        revisions, Set.of(ChangesetField.PHASE, ChangesetField.BOOKMARKS));
  }

  private ObjectSource run(CommandRegistry registry, TypedRequest request) throws IOException {
    CommandDefinition definition = Objects.requireNonNull(registry.find(request.command()));
    return Objects.requireNonNull(definition.command())
        .run(new CommandCall(Callers.ANYBODY, repository, definition.check(request.arguments())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void firstObjectTakesFewPassesInShortTurns(String name, int passes, TypedRequest request)
      throws IOException {
    List<Long> turns = new ArrayList<>();
    long begun = repository.looks();
    try (ObjectSource source = run(Registries.standard(), request)) {
      ResponseObject object = new ResponseObject.NotYet();
      while (object instanceof ResponseObject.NotYet) {
        long before = repository.looks();
        object = next(source);
        turns.add(repository.looks() - before);
      }
    }
    assertThat(turns).as("the looks of each turn").allMatch(looks -> looks <= LOOKS_PER_TURN);
    assertThat(repository.looks() - begun).isLessThan((passes + 1L) * COUNT);
    assertThat(repository.isOpen()).isFalse();
  }

  private static ResponseObject next(ObjectSource source) throws IOException {
    try {
      return Objects.requireNonNull(source.next());
    } catch (CommandException refused) {
      return new ResponseObject.Value(CborNull.NULL);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void workStopsAtTheLimitOfEntries(String name, int passes, TypedRequest request)
      throws IOException {
    CommandRegistry registry =
        Registries.of(
            options ->
                options.limits(WireLimits.defaults().with(WireLimit.MAX_EXAMINED_ENTRIES, 10_000)));
    try (ObjectSource source = run(registry, request)) {
      assertThatThrownBy(
              () -> {
                while (source.next() instanceof ResponseObject.NotYet) {}
              })
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("more than 10000 changesets, files and entries of manifests");
    }
    assertThat(repository.looks()).isLessThan(4L * LOOKS_PER_TURN);
  }

  @Test
  void closedSourceReleasesTheRepositoryInTheMiddle() throws IOException {
    ObjectSource source = run(Registries.standard(), new HeadsRequest(true));
    for (int turns = 0; turns < 10; turns++) {
      assertThat(source.next()).isInstanceOf(ResponseObject.NotYet.class);
    }
    assertThat(repository.isOpen()).isTrue();
    source.close();
    assertThat(repository.isOpen()).isFalse();
    assertThat(repository.looks()).isLessThan(10L * LOOKS_PER_TURN);
  }
}
