// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.hgwire.core.bundle.BundleEncoder;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupEncoder;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.ObsolescenceMarkers;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/** Writes a bundle in the format that is requested. */
final class BundleWriter {
  private final RepositorySnapshot snapshot;
  private final ChangesetGraph graph;
  private final Outgoing outgoing;
  private final CommandSettings settings;
  private final BundleOutput output;
  private @Nullable BundleEncoder encoder;

  BundleWriter(
      RepositorySnapshot snapshot,
      ChangesetGraph graph,
      Outgoing outgoing,
      CommandSettings settings,
      BundleOutput output) {
    this.snapshot = snapshot;
    this.graph = graph;
    this.outgoing = outgoing;
    this.settings = settings;
    this.output = output;
  }

  /**
   * Returns the work of writing all of it. What has to be searched in advance is found before the
   * first byte.
   */
  Work<Boolean> write(BundleRequest request) {
    BundleParts parts = request.parts();
    boolean withChangegroup =
        !request.format().hasParts() || (parts.changegroup() && !outgoing.changesets().isEmpty());
    return Work.done(outgoing)
        .then(
            found ->
                withChangegroup
                    ? MissingHistory.search(snapshot, found, settings).map(Optional::of)
                    : Work.done(Optional.<MissingHistory>empty()))
        .then(history -> begin(request.format(), parts, history));
  }

  private Work<Boolean> begin(
      BundleFormat format, BundleParts parts, Optional<MissingHistory> history) {
    if (format instanceof BundleFormat.Bare) {
      return changegroup(format, new ChangegroupEncoder(format.changegroup(), output), history);
    }
    BundleEncoder bundle =
        format instanceof BundleFormat.Hg20 hg20
            ? BundleEncoder.hg20(hg20.compression(), output)
            : BundleEncoder.hg10(format.compression(), output);
    encoder = bundle;
    Work<Boolean> begun =
        history.isEmpty()
            ? Work.done(true)
            : changegroup(format, bundle.changegroup(declared(format)), history);
    return (format.hasParts() ? begun.then(unused -> otherParts(bundle, parts)) : begun)
        .map(
            written -> {
              bundle.end();
              return written;
            });
  }

  private Work<Boolean> otherParts(BundleEncoder bundle, BundleParts parts) throws IOException {
    PartsWriter writer = new PartsWriter(snapshot, graph, bundle);
    return (parts.bookmarks() ? writer.bookmarks() : Work.done(true))
        .then(unused -> Work.inTurn(parts.namespaces().iterator(), writer::listkeys, true))
        .then(unused -> markers(bundle, parts))
        .then(unused -> parts.phases() ? writer.phaseHeads(outgoing.requested()) : Work.done(true));
  }

  private Work<Boolean> markers(BundleEncoder bundle, BundleParts parts) throws IOException {
    ObsolescenceMarkers markers = snapshot.obsolescenceMarkers();
    return markers == null || parts.markerVersions().isEmpty()
        ? Work.done(true)
        : new MarkersWriter(markers, graph, bundle, output)
            .write(outgoing.requested(), parts.markerVersions());
  }

  private Changegroup declared(BundleFormat format) {
    return new Changegroup(
        format.changegroup(), OptionalLong.of(outgoing.changesets().cardinality()), false);
  }

  private Work<Boolean> changegroup(
      BundleFormat format, ChangegroupEncoder changegroup, Optional<MissingHistory> history) {
    DeltaGroup.Target target =
        new DeltaGroup.Target(graph.index(), format.changegroup(), changegroup, output);
    return new ChangegroupWriter(snapshot, target, outgoing, history.orElseThrow(), settings)
        .write();
  }

  /** Frees the compressor. */
  void close() {
    if (encoder != null) {
      encoder.close();
    }
  }
}
