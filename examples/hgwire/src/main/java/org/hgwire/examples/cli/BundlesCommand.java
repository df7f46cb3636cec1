// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.server.clonebundles.BundleCheck;
import org.hgwire.server.clonebundles.BundleFiles;
import org.hgwire.server.clonebundles.CloneBundlePublisher;
import org.hgwire.server.clonebundles.CloneBundlePublisherBuilder;
import org.hgwire.server.clonebundles.PublicationReport;
import org.hgwire.server.store.StoreRepository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hgwire bundles}: keeps the clone bundles of a repository on disk up to date. */
@Command(
    name = "bundles",
    description = {
      "Keep the clone bundles of a repository up to date; to be run now and then.",
      "New ones are made when the last ones cover less than 95 percent of the changesets, or 1,000"
          + " changesets came since. They are listed in the manifest when they are stored and were"
          + " downloaded once; older ones are deleted later."
    },
    mixinStandardHelpOptions = true)
final class BundlesCommand implements Callable<Integer> {
  @Option(
      names = {"-R", "--repository"},
      paramLabel = "PATH",
      required = true,
      description = "The repository.")
  private Path repository = Path.of("");

  @Mixin private BundleStoreOptions store;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      required = true,
      description =
          "The manifest, for serve --clonebundles or as .hg/clonebundles.manifest. Other lines in"
              + " it stay. Beside it is FILE.state.")
  private Path manifest = Path.of("");

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = BundleTypes.class,
      description =
          "The type of the bundles (default: zstd-v2); may be repeated, the best one first.")
  private List<Bundlespec> types = List.of(BundleFiles.ZSTD_V2);

  @Option(
      names = "--grace",
      paramLabel = "HOURS",
      description =
          "Keep a bundle for so long that the manifest lists no more (default: ${DEFAULT-VALUE}).")
  private int grace = 48;

  @Option(
      names = "--no-check",
      description =
          "Do not download the bundles before they are listed. Mercurial fails to clone where a"
              + " bundle that is listed cannot be downloaded.")
  private boolean unchecked;

  @Option(
      names = "--temp",
      paramLabel = "DIRECTORY",
      description = "Write a bundle to this directory first (default: that of the platform).")
  private @Nullable Path temporary;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (StoreRepository source = StoreRepository.open(repository);
        ContentStore target = store.open()) {
      CloneBundlePublisherBuilder publisher =
          CloneBundlePublisher.builder(target, manifest)
              .types(types)
              .grace(Duration.ofHours(grace));
      if (unchecked) {
        publisher.check(BundleCheck.NONE);
      }
      if (temporary != null) {
        publisher.temporary(temporary);
      }
      print(publisher.build().publish(source));
    }
    return 0;
  }

  private void print(PublicationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    report.published().forEach(entry -> out.println("published: " + entry.url()));
    out.printf(
        Locale.ROOT,
        "%s; the bundles cover %d of %d changesets%n",
        switch (report.cause()) {
          case EMPTY -> "there is no changeset";
          case CURRENT -> "the bundles are current";
          case FIRST -> "the first bundles";
          case OUTDATED -> "new bundles: the last ones were too old";
          case WITHDRAWN ->
              "new bundles: the last ones had changesets that are not served any more";
        },
        report.covered(),
        report.changesets());
    if (report.deleted() > 0) {
      out.println(
          "deleted: " + report.deleted() + " older bundle" + (report.deleted() > 1 ? "s" : ""));
    }
    out.flush();
  }
}
