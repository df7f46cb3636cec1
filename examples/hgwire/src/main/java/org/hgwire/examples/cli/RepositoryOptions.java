// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.WireLimits;
import org.hgwire.server.clonebundles.ManifestFile;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.store.RepositoryDirectories;
import org.hgwire.server.store.RepositoryDirectoriesBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say which repositories on disk are served, and which clone bundles they have.
 */
final class RepositoryOptions {
  @Option(
      names = {"-R", "--repository"},
      paramLabel = "[NAME=]PATH",
      converter = NamedPath.Converter.class,
      description =
          "Serve the repository in this directory, at /NAME, or at the root of the server; may be"
              + " repeated.")
  private List<NamedPath> repositories = List.of();

  @Option(
      names = "--web-dir",
      paramLabel = "DIRECTORY",
      description =
          "Serve the repositories below this directory, at their paths in it. Links and shares are"
              + " followed inside the directory only, and shares to what -R names.")
  private @Nullable Path webDirectory;

  @Option(
      names = "--clonebundles",
      paramLabel = "[NAME=]FILE",
      converter = NamedPath.Converter.class,
      description =
          "Offer clients the clone bundles in this manifest, which is read again when it changes:"
              + " those of the repository NAME, or of the only one; may be repeated.")
  private List<NamedPath> manifests = List.of();

  @Option(
      names = "--obsmarkers",
      description =
          "Send obsolescence markers to clients that ask for them. They name changesets that are"
              + " not served.")
  private boolean obsolescenceMarkers;

  /** Returns whether any repository on disk is served. */
  boolean isGiven() {
    return !repositories.isEmpty() || webDirectory != null;
  }

  /**
   * Opens the repositories.
   *
   * @throws IOException if one of those that have names cannot be served
   */
  RepositoryDirectories open(WireLimits limits) throws IOException {
    RepositoryDirectoriesBuilder builder = RepositoryDirectories.builder().limits(limits);
    for (NamedPath each : repositories) {
      builder.repository(each.name() == null ? "" : each.name(), each.path());
    }
    if (webDirectory != null) {
      builder.below(webDirectory);
    }
    if (obsolescenceMarkers) {
      builder.exchangeMarkers();
    }
    return builder.open();
  }

  /**
   * Returns the clone bundles of what is served.
   *
   * @throws IOException if a manifest cannot be read
   */
  CloneBundleSource cloneBundles() throws IOException {
    Map<String, ManifestFile> byName = new LinkedHashMap<>();
    for (NamedPath each : manifests) {
      ManifestFile file = ManifestFile.of(each.path());
      file.check();
      String name = each.name() == null ? onlyName() : each.name();
      if (byName.putIfAbsent(name, file) != null) {
        throw new IllegalArgumentException("--clonebundles is given twice for the same repository");
      }
    }
    return byName.isEmpty()
        ? CloneBundleSource.NONE
        : (caller, repository) -> {
          ManifestFile file = byName.get(caller.path());
          return file == null ? null : file.manifest(caller, repository);
        };
  }

  private String onlyName() {
    List<String> names = new ArrayList<>();
    repositories.forEach(each -> names.add(each.name() == null ? "" : each.name()));
    if (webDirectory != null || names.size() > 1) {
      throw new IllegalArgumentException(
          "--clonebundles needs NAME=FILE, because more than one repository is served");
    }
    return names.isEmpty() ? "" : names.get(0);
  }
}
