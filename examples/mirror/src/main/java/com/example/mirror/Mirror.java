// SPDX-License-Identifier: Apache-2.0
package com.example.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pulls a repository from a server every so often, and serves it at a port of this machine. */
public final class Mirror implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

  private final String source;
  private final MirroredRepository repository = new MirroredRepository();
  private final Timer pulls = new Timer("mirror", true);
  private final HgWireServer server;

  private Mirror(String source, int port) throws IOException {
    this.source = source;
    ServerOptions options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).build();
    server = HgWireServer.builder(options).port(port).start();
  }

  /**
   * Starts a mirror, which is empty until its first pull has ended.
   *
   * @param source the URL of the repository
   * @param port where to serve it, 0 for any free port
   * @param interval the pause between two pulls, longer than zero
   */
  public static Mirror start(String source, int port, Duration interval) throws IOException {
    Mirror mirror = new Mirror(source, port);
    TimerTask pull =
        new TimerTask() {
          @Override
          public void run() {
            mirror.pull();
          }
        };
    mirror.pulls.schedule(pull, 0, interval.toMillis());
    return mirror;
  }

  /** Returns the URL at which the mirror is served. */
  public String url() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  private void pull() {
    try (Peer peer = Peer.connect(source)) {
      PullSummary summary = repository.pull(peer);
      if (summary.changesets() > 0) {
        LOG.info("pulled {} changesets from {}", summary.changesets(), source);
      }
    } catch (IOException | RuntimeException e) {
      // A pull that failed is resumed by the next one; until then what was published is served.
      LOG.warn("cannot pull from {}: {}", source, e.getMessage());
    }
  }

  @Override
  public void close() {
    pulls.cancel();
    server.close();
  }

  /** Runs a mirror until the process is stopped. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2 || arguments.length > 3) {
      System.err.println("usage: Mirror URL PORT [SECONDS]");
      System.exit(2);
    }
    long seconds = arguments.length == 3 ? Long.parseLong(arguments[2]) : 60;
    try (Mirror mirror =
        start(arguments[0], Integer.parseInt(arguments[1]), Duration.ofSeconds(seconds))) {
      LOG.info("{} is mirrored at {}", arguments[0], mirror.url());
      Thread.currentThread().join();
    }
  }
}
