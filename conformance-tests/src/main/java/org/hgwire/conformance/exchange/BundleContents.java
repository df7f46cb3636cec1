// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupDecoder;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.PartHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/** What is in the response to {@code getbundle}, decoded to its end. */
public final class BundleContents {
  /** The parts whose payload is kept; others that are unknown are skipped, or end the reading. */
  private static final Set<String> KEPT =
      Set.of(
          "bookmarks",
          "cache:rev-branch-cache",
          "check:heads",
          "hgtagsfnodes",
          "listkeys",
          "obsmarkers",
          "output",
          "phase-heads");

  private final List<String> parts = new ArrayList<>();
  private final List<Node> changesets = new ArrayList<>();
  private final Map<String, ByteString> payloads = new TreeMap<>();
  private final Map<String, Map<String, String>> keys = new TreeMap<>();
  private ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private @Nullable ChangegroupVersion version;
  private @Nullable Segment segment;

  private BundleContents() {}

  /**
   * Reads a bundle: HG20, or, where the bytes do not begin so, a changegroup 01 as it is.
   *
   * @throws WireProtocolException if it is malformed, cut, or followed by more
   */
  public static BundleContents read(ByteString bytes) {
    BundleContents contents = new BundleContents();
    if (bytes.startsWith(ByteString.utf8("HG"))) {
      try (BundleDecoder decoder = new BundleDecoder(WireLimits.defaults(), KEPT)) {
        decoder.feed(bytes.asByteBuffer());
        for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          contents.accept(event);
        }
        decoder.endOfInput();
      }
    } else {
      contents.version = ChangegroupVersion.V01;
      ChangegroupDecoder decoder =
          new ChangegroupDecoder(Changegroup.of(ChangegroupVersion.V01), WireLimits.defaults());
      decoder.feed(bytes.asByteBuffer());
      for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        contents.accept(event);
      }
      decoder.endOfInput();
    }
    return contents;
  }

  /**
   * Returns the names of the parts as they are on the wire, in order; none of a plain changegroup.
   */
  public List<String> parts() {
    return List.copyOf(parts);
  }

  /** Returns the version of the changegroup, or null if there is none. */
  public @Nullable ChangegroupVersion version() {
    return version;
  }

  /** Returns the nodes of the changesets, in order. */
  public List<Node> changesets() {
    return List.copyOf(changesets);
  }

  /** Returns the heads of the phases as {@code PHASE:HEX}, in order; none without such a part. */
  public List<String> phaseHeads() {
    ByteString heads = payloads.getOrDefault("phase-heads", ByteString.empty());
    int entry = Integer.BYTES + Node.BYTES;
    return IntStream.range(0, heads.length() / entry)
        .mapToObj(
            i ->
                heads.asByteBuffer().getInt(i * entry)
                    + ":"
                    + heads.substring(i * entry + Integer.BYTES, (i + 1) * entry).hex())
        .toList();
  }

  /** Returns the keys of a namespace, or null if there is no such part. */
  public @Nullable Map<String, String> keys(String namespace) {
    return keys.get(namespace);
  }

  private void accept(BundleEvent event) {
    if (event instanceof BundleEvent.PartStarted started) {
      parts.add(started.part().name());
      payload = new ByteArrayOutputStream();
    } else if (event instanceof BundleEvent.PartSkipped skipped) {
      parts.add(skipped.part().name());
    } else if (event instanceof BundleEvent.PartDataRead read) {
      payload.writeBytes(ByteString.copyOf(read.data()).toByteArray());
    } else if (event instanceof BundleEvent.PartEnded ended) {
      end(ended.part());
    } else if (event instanceof ChangegroupEvent.ChangegroupStarted started) {
      version = started.changegroup().version();
    } else if (event instanceof ChangegroupEvent.DeltaGroupStarted group) {
      segment = group.segment();
    } else if (event instanceof ChangegroupEvent.RevisionRead read && inChangesets()) {
      changesets.add(read.header().node());
    } else if (event instanceof ChangegroupEvent.RevisionStarted started && inChangesets()) {
      changesets.add(started.header().node());
    }
  }

  private boolean inChangesets() {
    return segment == Segment.CHANGESETS;
  }

  private void end(PartHeader part) {
    String type = part.name().toLowerCase(Locale.ROOT);
    ByteString bytes = ByteString.copyOf(payload.toByteArray());
    payloads.put(type, bytes);
    if (type.equals("listkeys")) {
      ByteString namespace = part.parameter("namespace");
      Map<String, String> values = new TreeMap<>();
      for (String line : bytes.utf8().lines().toList()) {
        int tab = line.indexOf('\t');
        if (tab >= 0) {
          values.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
      keys.put(
          namespace == null ? "" : new String(namespace.toByteArray(), StandardCharsets.ISO_8859_1),
          values);
    }
  }
}
