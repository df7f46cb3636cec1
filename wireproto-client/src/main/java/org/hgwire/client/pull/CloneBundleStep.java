// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.clonebundles.BundleSelection;
import org.hgwire.redirects.clonebundles.ClientCapabilities;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.fetch.ContentDownload;
import org.jspecify.annotations.Nullable;

/**
 * Gets into a sink what a clone bundle of the server holds, so that the server need not send it.
 *
 * <p>Only for a sink that is empty, or whose first pull was cut. Entry after entry is tried, in the
 * order of the selection, until one was applied to its end; what fails is reported, and what is
 * missing then is pulled as if there were no bundles. At most {@value #MOST_TRIED} entries are
 * tried, and after {@value #MOST_UNUSABLE} that were downloaded and could not be applied no other:
 * bundles of one server mostly fail alike.
 */
final class CloneBundleStep {
  private static final int MOST_TRIED = 10;
  private static final int MOST_UNUSABLE = 3;

  /** Opens downloads. */
  interface Downloads {
    /**
     * Begins to download a bundle.
     *
     * @throws RedirectException if the URL may not be fetched
     */
    BundleBytes open(CloneBundleEntry entry) throws RedirectException;
  }

  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final PullOptions options;
  private final PullListener listener;
  private final Downloads downloads;
  private final List<CloneBundleFailure> failures = new ArrayList<>();

  CloneBundleStep(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullOptions options,
      Downloads downloads) {
    this.peer = peer;
    this.sink = sink;
    this.receiver = receiver;
    this.options = options;
    this.listener = options.listener();
    this.downloads = downloads;
  }

  /** Returns the downloads of {@code peer}, under its policy for redirects. */
  static Downloads of(Peer peer) {
    return entry -> {
      RedirectPolicy policy = peer.options().redirects();
      ContentDownload download = peer.download(entry.url(), entry.expectation(peer.url(), policy));
      return new BundleBytes() {
        @Override
        public @Nullable ByteBuffer next() throws RedirectException {
          return download.next();
        }

        @Override
        public void close() {
          download.close();
        }
      };
    };
  }

  /**
   * Applies a bundle if there is one that can be.
   *
   * @throws IOException if the server or the sink fails; nothing that is wrong with a bundle
   */
  CloneBundleReport run() throws IOException {
    if (!isWanted()) {
      return CloneBundleReport.NONE;
    }
    if (!sink.heads().isEmpty()) {
      // Throws where the sink has another repository: bundles are not to be mixed in.
      Discovery.run(peer, sink);
    }
    CloneBundleManifest manifest = manifest();
    RedirectPolicy policy = peer.options().redirects();
    URI origin = peer.url();
    BundleSelection selection =
        BundleSelection.of(
            manifest.entries(),
            ClientCapabilities.ofPlatform().withOrigin(origin).withAllowSha1(policy.allowSha1()),
            options.bundlePreferences());
    selection.rejected().forEach(listener::cloneBundleRejected);
    CloneBundleEntry applied = tryEach(selection.chosen());
    PullSummary got = receiver.counts().summary();
    if (applied != null) {
      listener.cloneBundleApplied(applied, got.changesets(), got.manifests(), got.fileRevisions());
    }
    return new CloneBundleReport(
        applied,
        got.changesets(),
        got.manifests(),
        got.fileRevisions(),
        failures,
        selection.rejected());
  }

  private boolean isWanted() throws IOException {
    if (!options.cloneBundles()
        || !peer.options().redirects().follow()
        || peer.capabilities().command(ClonebundlesRequest.COMMAND) == null) {
      return false;
    }
    // A pull ends with the state of a server that tells it: before that, it is the first one.
    boolean tellsState = peer.capabilities().command(ListkeysRequest.COMMAND) != null;
    return sink.heads().isEmpty()
        || (tellsState && sink.state() == null && sink.incomplete().iterator().hasNext());
  }

  /** Returns the manifest, without entries if it cannot be had. */
  private CloneBundleManifest manifest() {
    try {
      return peer.clonebundles();
    } catch (PeerException e) {
      fail(null, e);
      return CloneBundleManifest.of(List.of());
    }
  }

  private @Nullable CloneBundleEntry tryEach(List<CloneBundleEntry> entries) throws IOException {
    int unusable = 0;
    for (CloneBundleEntry entry : entries.subList(0, Math.min(entries.size(), MOST_TRIED))) {
      listener.cloneBundleChosen(entry);
      try (BundleReader reader = new BundleReader(downloads.open(entry), peer.options().limits())) {
        new BundleApplication(sink, receiver, peer::known, options).run(reader);
        return entry;
      } catch (RedirectException e) {
        fail(entry, e);
      } catch (BundleException e) {
        fail(entry, e);
        if (++unusable == MOST_UNUSABLE) {
          return null;
        }
      }
    }
    return null;
  }

  private void fail(@Nullable CloneBundleEntry entry, IOException reason) {
    CloneBundleFailure failure = new CloneBundleFailure(entry, reason);
    failures.add(failure);
    listener.cloneBundleFailed(failure);
  }
}
