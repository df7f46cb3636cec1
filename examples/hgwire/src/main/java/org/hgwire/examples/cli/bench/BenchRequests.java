// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a clone, as Mercurial sends them.
 *
 * @param changesets of how many changesets the files are requested in version 2
 * @param pull those of version 2, {@code filesdata} last
 * @param redirected the same from a client that follows redirects
 * @param getbundle that of version 1
 */
record BenchRequests(
    int changesets,
    List<BenchRequest> pull,
    List<BenchRequest> redirected,
    BenchRequest getbundle) {
  /** For how many changesets, or manifests, Mercurial asks at a time. */
  private static final int BATCH = 10_000;

  /** The length of a header with arguments, as all servers take it. */
  private static final int HEADER = 1024;

  /** The name of the redirect target. */
  static final String TARGET = "kept";

  static final BenchRequest HEADS =
      new BenchRequest("?cmd=heads", Map.of(), ByteString.empty(), false);

  static final BenchRequest HEADS_OF_VERSION_2 = framed(new HeadsRequest(false), null);

  private static final RedirectOffer OFFER =
      new RedirectOffer(
          List.of(ByteString.utf8(TARGET)),
          Stream.of(HashAlgorithm.values()).map(HashAlgorithm::wireName).toList());

  /**
   * Makes the requests for all changesets of a repository without secrets.
   *
   * @param removals whether the files of changesets that remove some are requested in version 2
   */
  static BenchRequests of(RepositorySnapshot snapshot, boolean removals) throws IOException {
    ChangesetIndex index = snapshot.changesets();
    List<Node> changesets = new ArrayList<>();
    Set<Node> manifests = new LinkedHashSet<>();
    Set<Node> heads = new LinkedHashSet<>();
    for (int r = 0; r < index.count(); r++) {
      if (removals || removesNothing(snapshot, r)) {
        changesets.add(index.node(r));
      }
      manifests.add(index.manifest(r));
      heads.add(index.node(r));
      for (int parent : new int[] {index.parent1(r), index.parent2(r)}) {
        if (parent != ChangesetIndex.NONE) {
          heads.remove(index.node(parent));
        }
      }
    }
    manifests.remove(Node.NULL);
    List<TypedRequest> pull = new ArrayList<>();
    pull.add(
        new ChangesetdataRequest(
            List.of(new RevisionSpecifier.ChangesetDagRange(List.of(), List.copyOf(heads))),
            EnumSet.allOf(ChangesetField.class)));
    for (List<Node> batch : batches(List.copyOf(manifests))) {
      pull.add(
          new ManifestdataRequest(
              ByteString.empty(),
              batch,
              Set.of(ManifestField.PARENTS, ManifestField.REVISION),
              true));
    }
    for (List<Node> batch : batches(changesets)) {
      pull.add(
          new FilesdataRequest(
              List.of(new RevisionSpecifier.ChangesetExplicit(batch)),
              EnumSet.allOf(FileField.class),
              PathFilter.everything(),
              true));
    }
    return new BenchRequests(
        changesets.size(),
        pull.stream().map(request -> framed(request, null)).toList(),
        pull.stream().map(request -> framed(request, OFFER)).toList(),
        getbundle(heads));
  }

  private static boolean removesNothing(RepositorySnapshot snapshot, int revision)
      throws IOException {
    return snapshot.changes(revision).stream().allMatch(change -> change.node() != null);
  }

  private static List<List<Node>> batches(List<Node> nodes) {
    List<List<Node>> batches = new ArrayList<>();
    for (int at = 0; at < nodes.size(); at += BATCH) {
      batches.add(nodes.subList(at, Math.min(nodes.size(), at + BATCH)));
    }
    return batches;
  }

  private static BenchRequest framed(TypedRequest request, @Nullable RedirectOffer redirects) {
    List<ByteString> frames = new ArrayList<>();
    try (ClientReactor client =
        new ClientReactor(
            WireLimits.defaults(),
            ContentEncodings.standard(),
            ContentEncodings.named("identity").preferred().get(0))) {
      client.call(
          CommandRequest.of(request.command(), request.arguments()).withRedirect(redirects), false);
      for (ByteBuffer out = client.pollOutput(); out != null; out = client.pollOutput()) {
        frames.add(ByteString.copyOf(out));
      }
    }
    int length = frames.stream().mapToInt(ByteString::length).sum();
    ByteBuffer body = ByteBuffer.allocate(length);
    frames.forEach(frame -> body.put(frame.asByteBuffer()));
    return new BenchRequest(
        HttpV2Api.API_BASE
            + String.join("/", HttpV2Api.NAME, HttpV2Api.READ_ONLY, request.command()),
        Map.of(
            "Accept", HttpV2Api.FRAMING_MEDIA_TYPE, "Content-Type", HttpV2Api.FRAMING_MEDIA_TYPE),
        ByteString.copyOf(body.array()),
        true);
  }

  private static BenchRequest getbundle(Set<Node> heads) {
    String arguments =
        "bundlecaps="
            + encoded("HG20,bundle2=" + encoded("HG20\nchangegroup=01,02\nphases=heads"))
            + "&cg=1&common="
            + Node.NULL
            + "&heads="
            + heads.stream().map(Node::toString).collect(Collectors.joining("+"))
            + "&phases=1";
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Accept", HttpV2Api.V1_MEDIA_TYPE);
    fields.put("X-HgProto-1", "0.1 0.2 comp=zstd,zlib,none");
    for (int at = 0; at < arguments.length(); at += HEADER) {
      fields.put(
          "X-HgArg-" + (at / HEADER + 1),
          arguments.substring(at, Math.min(arguments.length(), at + HEADER)));
    }
    return new BenchRequest("?cmd=getbundle", fields, ByteString.empty(), false);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
