// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/** Requests for commands, and what a client sends to a server. */
public final class RequestArbitraries {
  /** Shorter frames would be more than a peer accepts for its settings. */
  static final int MIN_PAYLOAD = 32;

  private RequestArbitraries() {}

  /** Nodes: often the null node and small ones, so that the same node occurs several times. */
  public static Arbitrary<Node> nodes() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 4).map(low -> new Node(0, 0, low)),
        Combinators.combine(Arbitraries.longs(), Arbitraries.longs(), Arbitraries.integers())
            .as(Node::new));
  }

  /** Sound requests for the commands that the protocol defines, with legal arguments. */
  public static Arbitrary<TypedRequest> typedRequests() {
    Arbitrary<List<Node>> nodes = nodes().list().ofMaxSize(4);
    Arbitrary<List<RevisionSpecifier>> revisions =
        Arbitraries.oneOf(
                nodes.map(RevisionSpecifier.ChangesetExplicit::new),
                Combinators.combine(nodes, Arbitraries.longs().between(1, 50))
                    .as(RevisionSpecifier.ChangesetExplicitDepth::new),
                Combinators.combine(nodes, nodes().list().ofMinSize(1).ofMaxSize(3))
                    .as(RevisionSpecifier.ChangesetDagRange::new))
            .map(specifier -> (RevisionSpecifier) specifier)
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    Arbitrary<Boolean> yesOrNo = Arbitraries.of(false, true);
    Arbitrary<Set<FileField>> fields = Arbitraries.subsetOf(FileField.values());
    return Arbitraries.oneOf(
        Arbitraries.of(
            new BranchmapRequest(), new CapabilitiesRequest(), new ClonebundlesRequest()),
        yesOrNo.map(HeadsRequest::new),
        nodes.map(KnownRequest::new),
        names().map(ListkeysRequest::new),
        names().map(LookupRequest::new),
        Combinators.combine(names(), names(), names(), names()).as(PushkeyRequest::new),
        paths().list().ofMaxSize(3).map(RawstorefiledataRequest::new),
        Combinators.combine(revisions, Arbitraries.subsetOf(ChangesetField.values()))
            .as(ChangesetdataRequest::new),
        Combinators.combine(paths(), nodes, Arbitraries.subsetOf(ManifestField.values()), yesOrNo)
            .as(ManifestdataRequest::new),
        Combinators.combine(paths(), nodes, fields, yesOrNo).as(FiledataRequest::new),
        Combinators.combine(revisions, fields, filters(), yesOrNo).as(FilesdataRequest::new));
  }

  private static Arbitrary<ByteString> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("bookmarks", "namespaces", "phases", "tip", "").map(ByteString::utf8),
        DamageArbitraries.noise(12));
  }

  private static Arbitrary<ByteString> paths() {
    return Arbitraries.strings()
        .withChars("ab.é")
        .ofMinLength(1)
        .ofMaxLength(4)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(parts -> ByteString.utf8(String.join("/", parts)));
  }

  private static Arbitrary<PathFilter> filters() {
    Arbitrary<List<ByteString>> rules =
        Combinators.combine(Arbitraries.of("path:", "rootfilesin:"), paths())
            .as((kind, path) -> ByteString.utf8(kind + path.utf8()))
            .list()
            .ofMaxSize(3);
    return Combinators.combine(rules, rules).as(PathFilter::of);
  }

  /** Sound requests: typed ones, with and without an offer to follow redirects. */
  public static Arbitrary<CommandRequest> requests() {
    Arbitrary<List<ByteString>> words = names().list().ofMaxSize(3);
    Arbitrary<List<RedirectOffer>> offers =
        Combinators.combine(words, words).as(RedirectOffer::new).list().ofMaxSize(1);
    return Combinators.combine(typedRequests(), offers)
        .as((request, offer) -> request.toRequest(offer.isEmpty() ? null : offer.get(0)));
  }

  /**
   * Nearly sound requests: any name, and any arguments, for which frames are sound all the same.
   */
  public static Arbitrary<CommandRequest> nearlySoundRequests() {
    Arbitrary<CborMap> arguments =
        Arbitraries.maps(names(), CborArbitraries.values())
            .ofMaxSize(4)
            .map(
                entries -> {
                  CborMap.Builder map = CborMap.builder();
                  entries.forEach((name, value) -> map.put(name.hex(), value));
                  return map.build();
                });
    @Nullable RedirectOffer none = null;
    return Arbitraries.oneOf(
        Combinators.combine(names(), arguments)
            .as((name, values) -> new CommandRequest(name, values, none)),
        Combinators.combine(typedRequests(), arguments)
            .as((request, values) -> CommandRequest.of(request.command(), values)));
  }

  /**
   * Sound: what a client sends for one to four requests, from the sender settings on, in frames of
   * any size, in each content encoding, some with command data.
   */
  public static Arbitrary<FrameBytes> sequences() {
    return sequences(requests());
  }

  /**
   * Sound frames for {@code requests}, whatever their names and arguments: see {@link
   * #sequences()}.
   */
  public static Arbitrary<FrameBytes> sequences(Arbitrary<CommandRequest> requests) {
    Arbitrary<List<ByteBuffer>> data =
        DamageArbitraries.noise(100).map(ByteString::asByteBuffer).list().ofMaxSize(3);
    Arbitrary<ClientScript.Call> calls =
        Combinators.combine(requests, Arbitraries.of(true, false), data)
            .as(
                (request, withData, pieces) ->
                    new ClientScript.Call(request, withData ? pieces : null));
    return Combinators.combine(
            Arbitraries.of("identity", "identity", "zlib", "zstd-8mb"),
            Arbitraries.integers().between(MIN_PAYLOAD, 400).shrinkTowards(400),
            calls.list().ofMinSize(1).ofMaxSize(4))
        .as(ClientScript::new)
        .map(ClientScript::run);
  }

  /** Nearly sound: frames with one fault, or sound frames of requests that are not. */
  public static Arbitrary<FrameBytes> nearlySoundSequences() {
    return Arbitraries.oneOf(
        FrameArbitraries.nearlySound(sequences()), sequences(nearlySoundRequests()));
  }

  /** Hostile: the bytes of sound sequences damaged anywhere, and any frames. */
  public static Arbitrary<FrameBytes> hostileSequences() {
    return Arbitraries.oneOf(
        FrameArbitraries.hostile(sequences()), FrameArbitraries.hostileSequences());
  }
}
