// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.examples.cli.RedirectConfiguration.Listen;
import org.hgwire.examples.cli.RedirectConfiguration.Storage;
import org.hgwire.examples.cli.RedirectConfiguration.Target;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.redirects.contentstore.ObjectStoreBuilder;
import org.hgwire.redirects.contentstore.ObjectStoreProvider;
import org.hgwire.redirects.contentstore.OwnedFiles;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.netty.ServerTls;
import org.hgwire.server.offload.ContentOffload;
import org.hgwire.server.offload.ContentOffloadBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration of redirects adds to a server: response files, content stores, and the
 * servers of their content. Until it is closed.
 */
final class ServedContent implements AutoCloseable {
  private final RedirectConfiguration configuration;
  private final Consumer<String> faults;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<Mounted> mounted = new ArrayList<>();
  private @Nullable ContentOffload offload;

  /** Content that is served below a path of the repository's server. */
  private record Mounted(String path, HttpService content) {}

  private ServedContent(RedirectConfiguration configuration, Consumer<String> faults) {
    this.configuration = configuration;
    this.faults = faults;
  }

  /**
   * Opens content stores, and serves those that this process has to serve.
   *
   * @param faults gets a line, once per store and kind of fault, about why it is not redirected to
   */
  static ServedContent open(RedirectConfiguration configuration, Consumer<String> faults)
      throws IOException {
    ServedContent content = new ServedContent(configuration, faults);
    try {
      content.open();
      return content;
    } catch (IOException | RuntimeException failure) {
      content.close();
      throw failure;
    }
  }

  private void open() throws IOException {
    ContentOffloadBuilder builder =
        ContentOffload.builder(cache())
            .threshold(configuration.threshold())
            .hashes(configuration.hashes())
            .maxLocalBytes(configuration.cacheBytes())
            .onStoreFault(this::report);
    for (Target target : configuration.targets()) {
      if (target.storage() instanceof Storage.Directory files) {
        builder.store(open(target, files));
      } else if (target.storage() instanceof Storage.Bucket bucket) {
        builder.storeInBackground(open(target, bucket));
      }
    }
    offload = builder.open();
    opened.push(offload);
  }

  private void report(RedirectTarget target, Reason reason, String message) {
    faults.accept(
        "hgwire: clients are not redirected to "
            + target.name()
            + " for now: "
            + Failure.firstLine(message));
  }

  private FileContentStore open(Target target, Storage.Directory files) throws IOException {
    FileContentStore store =
        FileContentStore.builder(target.target(), files.directory())
            .serverCertificates(target.serverCertificates())
            .authorityCertificates(target.authorityCertificates())
            .ownerOnly(files.listen() != null)
            .open();
    opened.push(store);
    if (files.listen() instanceof Listen.SamePort path) {
      mounted.add(new Mounted(path.path(), ContentEndpoint.of(store)));
    } else if (files.listen() instanceof Listen.Port port) {
      HgWireServer.Builder server =
          HgWireServer.builder(ContentEndpoint.of(store)).host(port.host()).port(port.port());
      if (port.chain() != null && port.key() != null) {
        server.tls(ServerTls.of(port.chain(), port.key()));
      }
      opened.push(server.start());
    }
    return store;
  }

  private ContentStore open(Target target, Storage.Bucket bucket) throws IOException {
    ObjectStoreBuilder builder =
        ObjectStoreProvider.installed()
            .orElseThrow(() -> missingProvider(target))
            .builder(target.target(), bucket.bucket())
            .prefix(bucket.prefix())
            .pathStyle(bucket.pathStyle());
    if (bucket.region() != null) {
      builder.region(bucket.region());
    }
    if (bucket.endpoint() != null) {
      builder.endpoint(bucket.endpoint());
    }
    if (bucket.presignedSeconds() > 0) {
      builder.presigned(Duration.ofSeconds(bucket.presignedSeconds()));
    } else {
      builder.publicUrls();
    }
    ContentStore store = builder.open();
    opened.push(store);
    return store;
  }

  private static IOException missingProvider(Target target) {
    return new IOException(
        "the target "
            + target.target().name()
            + " is stored in S3, which needs the artifact org.hgwire:wireproto-redirects-s3 on the"
            + " class path, or hgwire.jar built with -Pobject-stores");
  }

  private Path cache() throws IOException {
    Path cache = configuration.cache();
    if (cache != null) {
      return cache;
    }
    OwnedFiles temporary =
        OwnedFiles.open(Path.of(System.getProperty("java.io.tmpdir")), "hgwire-responses-");
    opened.push(temporary);
    return temporary.newDirectory();
  }

  /** Advertises the targets. */
  void advertise(ServerOptions.Builder options) {
    if (offload != null) {
      options.redirects(offload);
    }
  }

  /** Keeps responses and redirects them. */
  void redirect(ServerOptions.Builder options) {
    if (offload != null) {
      options.cacher(offload);
    }
  }

  /** Returns a service with the content that is served below its paths. */
  HttpService with(HttpService repositories) {
    HttpService all = repositories;
    for (Mounted each : mounted) {
      all = all.with(each.path(), each.content());
    }
    return all;
  }

  /**
   * Closes everything in reverse order, also after a failure. May be called again, from any thread.
   */
  @Override
  public synchronized void close() throws IOException {
    IOException first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        IOException wrapped =
            failure instanceof IOException io ? io : new IOException("cannot be closed", failure);
        if (first == null) {
          first = wrapped;
        } else {
          first.addSuppressed(wrapped);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
