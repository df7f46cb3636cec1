// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.redirects.contentstore.ContentStore;

/** Collects the settings of a {@link CloneBundlePublisher}. Not safe for use by several threads. */
public final class CloneBundlePublisherBuilder {
  private static final Duration GRACE = Duration.ofDays(2);

  final ContentStore store;
  final Path manifest;
  List<Bundlespec> types = List.of(BundleFiles.ZSTD_V2);
  RenewalRule rule = RenewalRule.DEFAULT;
  BundleCheck check = new DownloadCheck();
  Duration grace = GRACE;
  Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
  InstantSource clock = InstantSource.system();
  BundleMaker maker =
      (repository, heads, type, out) -> BundleFiles.write(repository, heads, List.of(), type, out);

  CloneBundlePublisherBuilder(ContentStore store, Path manifest) {
    this.store = store;
    this.manifest = manifest;
  }

  /**
   * Sets the types of the bundles, the one that most clients should take first; by default {@code
   * zstd-v2}, which Mercurial reads from 4.1 on.
   *
   * @throws IllegalArgumentException if there is none, one of them twice, or one that is not
   *     written
   */
  public CloneBundlePublisherBuilder types(List<Bundlespec> types) {
    if (types.isEmpty()
        || types.stream().anyMatch(type -> types.indexOf(type) != types.lastIndexOf(type))) {
      throw new IllegalArgumentException("bundles have at least one type, and each of them once");
    }
    types.forEach(BundleFiles::format);
    this.types = List.copyOf(types);
    return this;
  }

  /** Sets when bundles are made again; by default {@link RenewalRule#DEFAULT}. */
  public CloneBundlePublisherBuilder rule(RenewalRule rule) {
    this.rule = rule;
    return this;
  }

  /**
   * Sets how a stored bundle is checked before it is listed; by default by a {@link DownloadCheck}.
   */
  public CloneBundlePublisherBuilder check(BundleCheck check) {
    this.check = check;
    return this;
  }

  /**
   * Sets how long a bundle is kept that the manifest lists no more, for clients that have read the
   * manifest already; 2 days by default. Those with changesets that are not served any more are not
   * kept at all.
   */
  public CloneBundlePublisherBuilder grace(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("bundles are kept for some time, not for " + grace);
    }
    this.grace = grace;
    return this;
  }

  /** Sets the directory of the file that a bundle is written to; by default the platform's. */
  public CloneBundlePublisherBuilder temporary(Path directory) {
    this.temporary = directory;
    return this;
  }

  CloneBundlePublisherBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  CloneBundlePublisherBuilder maker(BundleMaker maker) {
    this.maker = maker;
    return this;
  }

  /** Returns the publisher. */
  public CloneBundlePublisher build() {
    return new CloneBundlePublisher(this);
  }
}
