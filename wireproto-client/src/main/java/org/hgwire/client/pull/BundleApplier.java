// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.core.WireLimits;

/**
 * Hands what is in a bundle to a sink, each revision verified against its node: the same as a pull
 * does with clone bundles, for a bundle that the caller has and trusts to hold the changesets that
 * are wanted.
 */
public final class BundleApplier {
  private BundleApplier() {}

  /**
   * Applies a bundle: HG10 or HG20, with changegroups 01 to 03, under any of their compressions.
   * What the sink has already is passed over. Phases and bookmarks in it are not taken.
   *
   * @param bundle the bundle, read to its end and not closed
   * @param sink the sink; it has what the bundle is based on
   * @param options how; batches are of changesets that are complete
   * @return what the sink got
   * @throws BundleException if it cannot be applied to its end; what the sink got is sound, and a
   *     bundle or a pull goes on from there
   * @throws IOException what {@code bundle} or the sink throws
   */
  public static PullSummary apply(InputStream bundle, PullSink sink, PullOptions options)
      throws IOException {
    RevisionReceiver receiver = new RevisionReceiver(sink, options);
    InputStream kept =
        new FilterInputStream(bundle) {
          @Override
          public void close() {}
        };
    try (BundleReader reader = new BundleReader(BundleBytes.of(kept), WireLimits.defaults())) {
      new BundleApplication(
              sink, receiver, nodes -> Collections.nCopies(nodes.size(), true), options)
          .run(reader);
    }
    return receiver.counts().summary();
  }
}
