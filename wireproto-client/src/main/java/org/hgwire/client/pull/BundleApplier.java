// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.core.WireLimits;

/**
 * Applies a bundle to a sink, with each revision verified against its node, as a pull does with
 * clone bundles. The caller trusts the bundle to contain the changesets that it wants.
 */
public final class BundleApplier {
  private BundleApplier() {}

  /**
   * Applies a bundle: HG10 or HG20, with changegroups 01 to 03, in any of their compressions.
   * Revisions that the sink has are skipped. Phases, bookmarks and obsolescence markers in the
   * bundle are ignored.
   *
   * @param bundle the bundle, read to its end and not closed
   * @param sink the sink; it must have what the bundle is based on
   * @param options the batch size is that of complete changesets
   * @return what the sink received
   * @throws IllegalArgumentException if the options ask for a part of a repository
   * @throws org.hgwire.client.sink.PartRefusedException if the sink does not take the whole
   * @throws BundleException if it cannot be applied completely; what the sink received is valid,
   *     and another bundle or a pull resumes there
   * @throws IOException if {@code bundle} or the sink throws
   */
  public static PullSummary apply(InputStream bundle, PullSink sink, PullOptions options)
      throws IOException {
    return apply(bundle, sink, options, WireLimits.defaults());
  }

  /**
   * Applies a bundle, as {@link #apply(InputStream, PullSink, PullOptions)} does.
   *
   * @param limits what the bundle is checked against
   */
  public static PullSummary apply(
      InputStream bundle, PullSink sink, PullOptions options, WireLimits limits)
      throws IOException {
    if (!options.part().isWhole()) {
      throw new IllegalArgumentException("a bundle is applied without paths and depth");
    }
    PartCheck.requireTaken(sink, options.part());
    AtomicLong received = new AtomicLong();
    RevisionReceiver receiver =
        new RevisionReceiver(sink, options, PullLimits.of(limits, received::get));
    InputStream kept =
        new FilterInputStream(bundle) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            received.addAndGet(Math.max(count, 0));
            return count;
          }

          @Override
          public void close() {}
        };
    try (BundleReader reader = new BundleReader(BundleBytes.of(kept), limits)) {
      new BundleApplication(sink, receiver, BundleOrigin.TRUSTED, options).run(reader);
    }
    return receiver.counts().summary();
  }
}
