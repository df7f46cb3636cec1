// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.PartHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;
import org.jspecify.annotations.Nullable;

/** What a client has after it applied bundles: each parent, base, linknode and hash is checked. */
final class Receiver {
  private static final Set<String> ACCEPTED = Set.of("bookmarks", "listkeys", "phase-heads");

  /** A part that was received. */
  record Part(PartHeader header, ByteString payload) {}

  private final Map<Node, ByteString> changesets = new LinkedHashMap<>();
  private final Map<Node, ByteString> manifests = new LinkedHashMap<>();
  private final Map<ByteString, Map<Node, ByteString>> files = new TreeMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<ByteString> paths = new ArrayList<>();
  private final Map<Node, Node> bases = new LinkedHashMap<>();
  private final Map<Node, Node> links = new LinkedHashMap<>();
  private final Map<Node, Integer> flags = new LinkedHashMap<>();

  private Map<Node, ByteString> group = changesets;
  private @Nullable DeltaHeader current;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  Map<Node, ByteString> changesets() {
    return changesets;
  }

  Map<Node, ByteString> manifests() {
    return manifests;
  }

  Map<Node, ByteString> file(ByteString path) {
    return files.getOrDefault(path, Map.of());
  }

  Map<ByteString, Map<Node, ByteString>> files() {
    return files;
  }

  /** Returns the parts, and the changegroups without payload, in order. */
  List<Part> parts() {
    return parts;
  }

  Part part(String name) {
    return parts.stream()
        .filter(part -> part.header().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the base of the last delta of each revision. */
  Map<Node, Node> bases() {
    return bases;
  }

  Map<Node, Node> links() {
    return links;
  }

  Map<Node, Integer> flags() {
    return flags;
  }

  /** Applies a whole bundle. */
  void apply(byte[] bundle) {
    paths.clear();
    parts.clear();
    try (BundleDecoder decoder = new BundleDecoder(WireLimits.defaults(), ACCEPTED)) {
      decoder.feed(ByteBuffer.wrap(bundle));
      for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        accept(event);
      }
      decoder.endOfInput();
    }
    assertThat(paths).isSorted().doesNotHaveDuplicates();
  }

  /** Applies a changegroup 01 without a bundle around it. */
  void applyChangegroup(byte[] changegroup) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes("HG10UN".getBytes(StandardCharsets.US_ASCII));
    bundle.writeBytes(changegroup);
    apply(bundle.toByteArray());
  }

  private void accept(BundleEvent event) {
    if (event instanceof BundleEvent.PartStarted) {
      pending.reset();
    } else if (event instanceof BundleEvent.PartDataRead read) {
      append(read.data());
    } else if (event instanceof BundleEvent.PartEnded ended) {
      parts.add(new Part(ended.part(), ByteString.copyOf(pending.toByteArray())));
    } else if (event instanceof ChangegroupEvent.DeltaGroupStarted started) {
      start(started);
    } else if (event instanceof ChangegroupEvent.RevisionRead read) {
      add(read.header(), read.delta());
    } else if (event instanceof ChangegroupEvent.RevisionStarted started) {
      current = started.header();
      pending.reset();
    } else if (event instanceof ChangegroupEvent.DeltaRead read) {
      append(read.data());
    } else if (event instanceof ChangegroupEvent.RevisionEnded && current != null) {
      add(current, ByteBuffer.wrap(pending.toByteArray()));
      pending.reset();
    }
  }

  private void append(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    pending.writeBytes(bytes);
  }

  private void start(ChangegroupEvent.DeltaGroupStarted started) {
    switch (started.segment()) {
      case CHANGESETS -> group = changesets;
      case MANIFESTS -> group = manifests;
      default -> {
        paths.add(started.path());
        group = files.computeIfAbsent(started.path(), unused -> new LinkedHashMap<>());
      }
    }
  }

  private void add(DeltaHeader header, ByteBuffer delta) {
    for (Node parent : header.parents().present()) {
      assertThat(group).as("parent of %s", header.node()).containsKey(parent);
    }
    if (!header.base().isNull()) {
      assertThat(group).as("base of %s", header.node()).containsKey(header.base());
    }
    ByteString base = group.getOrDefault(header.base(), ByteString.empty());
    ByteString text = ByteString.copyOf(Delta.apply(base.asByteBuffer(), delta, Integer.MAX_VALUE));
    if ((header.flags() & DeltaHeader.CENSORED) == 0
        && !text.startsWith(ByteString.utf8("\1\ncensored:"))) {
      assertThat(NodeHasher.hash(header.parents(), text)).isEqualTo(header.node());
    }
    if (group == changesets) {
      assertThat(header.link()).isEqualTo(header.node());
    } else {
      assertThat(changesets).as("link of %s", header.node()).containsKey(header.link());
    }
    group.put(header.node(), text);
    bases.put(header.node(), header.base());
    links.put(header.node(), header.link());
    flags.put(header.node(), header.flags());
  }
}
