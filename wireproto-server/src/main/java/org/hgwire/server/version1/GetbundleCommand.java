// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.bundle.BundleRequest;
import org.hgwire.server.bundle.BundleSource;
import org.hgwire.server.bundle.ByteSource;
import org.hgwire.server.bundle.GetbundleArguments;
import org.hgwire.server.bundle.PullBundleOffer;
import org.hgwire.server.bundle.PullBundles;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/** The changesets that a client lacks, as a bundle (wireprotocol, getbundle). */
final class GetbundleCommand implements Version1Command {
  /**
   * What can be sent in a bundle. {@code hgtagsfnodes} is not offered: clients that say that they
   * read it expect a part that is not made here.
   */
  private static final Map<String, List<String>> CAPABILITIES =
      Map.of(
          "HG20", List.of(),
          "bookmarks", List.of(),
          "changegroup", List.of("01", "02", "03"),
          "listkeys", List.of(),
          "phases", List.of("heads"));

  private final CommandSettings settings;
  private final WireLimits limits;
  private final PullBundles pullBundles;

  GetbundleCommand(CommandSettings settings, WireLimits limits) {
    this.settings = settings;
    this.limits = limits;
    this.pullBundles = new PullBundles(limits);
  }

  /**
   * Returns what is reported about bundles of a repository.
   *
   * @throws IOException if the repository cannot be read
   */
  static BundleCapabilities capabilities(Repository repository) throws IOException {
    Map<String, List<String>> all = new TreeMap<>(CAPABILITIES);
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      if (snapshot.obsolescenceMarkers() != null) {
        all.put("obsmarkers", List.of("V0", "V1"));
      }
    }
    return new BundleCapabilities(all);
  }

  @Override
  public boolean isOfferedBy(CommandRegistry registry) {
    return registry.servesBundles();
  }

  @Override
  public Version1Call open(Version1Session session, Version1Arguments arguments)
      throws IOException {
    for (String name : List.of("common", "heads")) {
      ByteString nodes = arguments.find(name);
      if (nodes != null) {
        HexNodes.read(name, nodes);
      }
    }
    BundleRequest request = GetbundleArguments.read(arguments.values());
    return new GetbundleCall(open(session, request));
  }

  private ByteSource open(Version1Session session, BundleRequest request) throws IOException {
    ClientProtocol client = session.protocol();
    if (!client.partialPull()) {
      return BundleSource.open(session.repository(), request, settings, limits);
    }
    return BundleSource.open(
        session.repository(),
        request,
        settings,
        limits,
        new PullBundleOffer(
            pullBundles,
            compressions(client),
            fault -> session.events().warned(CommandRegistry.GETBUNDLE, fault)));
  }

  private static Set<BundleCompression> compressions(ClientProtocol client) {
    Set<BundleCompression> read = EnumSet.of(BundleCompression.NONE);
    for (String name : client.compressions()) {
      switch (name) {
        case "zlib" -> read.add(BundleCompression.ZLIB);
        case "zstd" -> read.add(BundleCompression.ZSTD);
        default -> {}
      }
    }
    return read;
  }

  /** Waits for the first byte: until then the bundle can be refused. */
  private static final class GetbundleCall implements Version1Call {
    private final ByteSource bundle;
    private boolean passed;

    GetbundleCall(ByteSource bundle) {
      this.bundle = bundle;
    }

    @Override
    public @Nullable Version1Response advance() throws IOException {
      ByteBuffer first = bundle.next();
      if (first != null && !first.hasRemaining()) {
        return null;
      }
      passed = true;
      return new Version1Response.Stream(new BegunSource(first, bundle), !bundle.isSentUnchanged());
    }

    @Override
    public void close() {
      if (!passed) {
        bundle.close();
      }
    }
  }
}
