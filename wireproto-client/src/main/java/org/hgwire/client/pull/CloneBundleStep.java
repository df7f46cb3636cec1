// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.clonebundles.BundleSelection;
import org.hgwire.redirects.clonebundles.ClientCapabilities;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.fetch.ContentDownload;
import org.jspecify.annotations.Nullable;

/**
 * Fills a sink from a clone bundle of the server, so that the server need not send what is in it.
 *
 * <p>Only for a sink that is empty, or whose first pull was interrupted. Entries are tried in the
 * order of the selection until one was applied completely; failures are reported, and what is
 * missing in the end is pulled as if there were no bundles. At most {@value #MAX_TRIED} entries are
 * tried, and none after {@value #MAX_UNUSABLE} that were downloaded and could not be applied:
 * bundles of one server usually fail in the same way.
 */
final class CloneBundleStep {
  private static final int MAX_TRIED = 10;
  private static final int MAX_UNUSABLE = 3;

  /** Opens downloads. */
  interface Downloads {
    /**
     * Starts the download of a bundle.
     *
     * @throws RedirectException if the URL must not be fetched
     * @throws BundleException if the server does not send it
     */
    BundleBytes open(CloneBundleEntry entry) throws RedirectException, BundleException;
  }

  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final PullOptions options;
  private final PullListener listener;
  private final SplitRequests split;
  private final Downloads downloads;
  private final List<CloneBundleFailure> failures = new ArrayList<>();

  CloneBundleStep(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullOptions options,
      SplitRequests split,
      Downloads downloads) {
    this.peer = peer;
    this.sink = sink;
    this.receiver = receiver;
    this.options = options;
    this.listener = options.listener();
    this.split = split;
    this.downloads = downloads;
  }

  /** Returns the downloads of {@code peer}, under its policy of redirects. */
  static Downloads of(Peer peer) {
    return entry -> {
      String path = entry.inlinePath();
      if (path != null) {
        return InlineBundle.open(peer, path);
      }
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
   * Applies a bundle if there is one that can be applied.
   *
   * @throws IOException if the server or the sink fails; a bundle that fails is reported, not
   *     thrown
   */
  CloneBundleReport run() throws IOException {
    if (!isWanted()) {
      return CloneBundleReport.NONE;
    }
    if (!sink.heads().isEmpty()) {
      // Throws if the sink has another repository, into which no bundle may be mixed.
      Discovery.run(peer, sink, split, null, false);
    }
    CloneBundleManifest manifest = manifest();
    RedirectPolicy policy = peer.options().redirects();
    BundleSelection selection =
        BundleSelection.of(manifest.entries(), capabilities(policy), options.bundlePreferences());
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

  private ClientCapabilities capabilities(RedirectPolicy policy) {
    ClientCapabilities all =
        ClientCapabilities.ofPlatform()
            .withOrigin(peer.url())
            .withAllowSha1(policy.allowSha1())
            .withInlineBundles(peer.hasInlineBundles());
    return BundleReader.readsBzip2() ? all : all.without(BundleCompression.BZIP2);
  }

  private boolean isWanted() throws IOException {
    if (!options.cloneBundles()
        || !options.wanted().isEverything()
        || !options.part().isWhole()
        || !peer.options().redirects().follow()
        || peer.capabilities().command(ClonebundlesRequest.COMMAND) == null) {
      return false;
    }
    // A pull ends with the state, if the server has it: without one, this is the first pull.
    boolean listsKeys = peer.capabilities().command(ListkeysRequest.COMMAND) != null;
    return sink.heads().isEmpty()
        || (listsKeys && sink.state() == null && sink.incomplete().iterator().hasNext());
  }

  /** Returns the manifest, without entries if it is unavailable. */
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
    for (CloneBundleEntry entry : entries.subList(0, Math.min(entries.size(), MAX_TRIED))) {
      listener.cloneBundleChosen(entry);
      BundleBytes bytes = open(entry);
      if (bytes == null) {
        continue;
      }
      try (BundleReader reader = new BundleReader(bytes, peer.options().limits())) {
        new BundleApplication(sink, receiver, origin(), options).run(reader);
        return entry;
      } catch (RedirectException e) {
        fail(entry, e);
      } catch (BundleException e) {
        fail(entry, e);
        if (++unusable == MAX_UNUSABLE) {
          return null;
        }
      }
    }
    return null;
  }

  /** Starts a download; returns null, and reports why, if it does not start. */
  private @Nullable BundleBytes open(CloneBundleEntry entry) {
    try {
      return downloads.open(entry);
    } catch (RedirectException | BundleException e) {
      fail(entry, e);
      return null;
    }
  }

  private BundleOrigin origin() {
    SingleFiles files = new SingleFiles(peer, receiver, split);
    return new BundleOrigin() {
      @Override
      public List<Boolean> has(List<Node> changesets) throws IOException {
        return split.known(peer, changesets);
      }

      @Override
      public BundleException refused(Node changeset) {
        return new BundleException(
            BundleFault.NOT_SHOWN,
            "The bundle contains changesets that the server does not show, such as "
                + changeset
                + ".");
      }

      @Override
      public boolean deliver(RevisionKey file) throws IOException {
        if (peer.version() == ProtocolVersion.VERSION_1) {
          return false;
        }
        files.run(file.path(), List.of(file.node()));
        if (!sink.has(file)) {
          throw BundleIntake.notNamed(file, "whose text is not in it and not at the server");
        }
        return true;
      }
    };
  }

  private void fail(@Nullable CloneBundleEntry entry, IOException reason) {
    CloneBundleFailure failure = new CloneBundleFailure(entry, reason);
    failures.add(failure);
    listener.cloneBundleFailed(failure);
  }
}
