// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.redirects.contentstore.ObjectStoreBuilder;
import org.hgwire.redirects.contentstore.ObjectStoreProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where clone bundles are put, and where clients get them. */
final class BundleStoreOptions {
  private static final String S3 = "s3:";

  @Option(
      names = "--store",
      paramLabel = "DIR|s3:BUCKET[/PREFIX]",
      required = true,
      description =
          "Put the bundles into this directory, or this bucket; nothing else writes there.")
  private String store = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description =
          "Where clients get what is in the store: the URL at which a web server has the directory,"
              + " or the public URL of the bucket.")
  private URI url = URI.create("");

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "The URL of the object store (default: Amazon's).")
  private @Nullable URI endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      description = "The region of the bucket (default: us-east-1).")
  private @Nullable String region;

  @Option(
      names = "--s3-path-style",
      description = "Name the bucket in the path of URLs, as most stores but Amazon's require.")
  private boolean pathStyle;

  /** Opens the store; the caller closes it. */
  ContentStore open() throws IOException {
    RedirectTarget target = RedirectTarget.of("clonebundles", url);
    if (!store.startsWith(S3)) {
      return FileContentStore.builder(target, Path.of(store)).open();
    }
    String place = store.substring(S3.length());
    int slash = place.indexOf('/');
    String prefix = slash < 0 ? "" : place.substring(slash + 1);
    ObjectStoreBuilder builder =
        ObjectStoreProvider.installed()
            .orElseThrow(BundleStoreOptions::missingProvider)
            .builder(target, slash < 0 ? place : place.substring(0, slash))
            .prefix(prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
            .pathStyle(pathStyle)
            .publicUrls();
    if (region != null) {
      builder.region(region);
    }
    return (endpoint == null ? builder : builder.endpoint(endpoint)).open();
  }

  private static IOException missingProvider() {
    return new IOException(
        "--store s3:… needs the artifact org.hgwire:wireproto-redirects-s3 on the class path, or"
            + " hgwire.jar built with -Pobject-stores");
  }
}
