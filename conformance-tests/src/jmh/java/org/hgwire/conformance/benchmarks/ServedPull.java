// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.server.AccessControl;
import org.hgwire.server.Authorization;
import org.hgwire.server.CommandExchange;
import org.hgwire.server.CommandScope;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;

/**
 * What a whole pull over version 2 of a repository on disk costs a server, without its transport,
 * as a multiple of the {@link PlainLoop}. The requests are those of Mercurial 5.6.1.
 */
final class ServedPull {
  /** For how many changesets, or manifests, Mercurial asks at a time. */
  private static final int BATCH = 10_000;

  private static final int PIECE = 16 * 1024;

  private final StoreRepository repository;
  private final ServerOptions options;
  private final List<List<TypedRequest>> requests = new ArrayList<>();
  private long firstObject;

  private ServedPull(StoreRepository repository) throws IOException {
    this.repository = repository;
    this.options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).build();
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      ChangesetIndex index = snapshot.changesets();
      List<Node> changesets = new ArrayList<>();
      List<Node> manifests = new ArrayList<>();
      for (int r = 0; r < index.count(); r++) {
        changesets.add(index.node(r));
        manifests.add(index.manifest(r));
      }
      requests.add(
          List.of(
              new ChangesetdataRequest(
                  List.of(new RevisionSpecifier.ChangesetDagRange(List.of(), changesets)),
                  EnumSet.allOf(ChangesetField.class))));
      List<TypedRequest> ofManifests = new ArrayList<>();
      List<Node> distinct = List.copyOf(ComparableKeys.setOf(manifests));
      for (int at = 0; at < distinct.size(); at += BATCH) {
        ofManifests.add(
            new ManifestdataRequest(
                ByteString.empty(),
                distinct.subList(at, Math.min(distinct.size(), at + BATCH)),
                Set.of(ManifestField.PARENTS, ManifestField.REVISION),
                true));
      }
      requests.add(ofManifests);
      List<TypedRequest> ofFiles = new ArrayList<>();
      for (int at = 0; at < changesets.size(); at += BATCH) {
        ofFiles.add(
            new FilesdataRequest(
                List.of(
                    new RevisionSpecifier.ChangesetExplicit(
                        changesets.subList(at, Math.min(changesets.size(), at + BATCH)))),
                EnumSet.allOf(FileField.class),
                PathFilter.everything(),
                true));
      }
      requests.add(ofFiles);
    }
  }

  static void run(Path path, int rounds) throws IOException {
    try (StoreRepository repository = StoreRepository.open(path)) {
      ServedPull pull = new ServedPull(repository);
      List<Cost> plain = new ArrayList<>();
      List<Cost> served = new ArrayList<>();
      for (int round = -10; round < rounds; round++) {
        Cost loop = measure(() -> PlainLoop.run(path), round == rounds - 1);
        Cost whole = measure(pull::pull, round == rounds - 1);
        if (round >= 0) {
          plain.add(loop);
          served.add(whole);
        }
      }
      double limit = Cost.median(plain).processorSeconds();
      double cost = Cost.median(served).processorSeconds();
      System.out.printf(
          Locale.ROOT,
          "plain loop %.3f s, served pull %.3f s of processor time: %.2f%n",
          limit,
          cost,
          cost / limit);
    }
  }

  private interface Measured {
    String run() throws IOException;
  }

  private static Cost measure(Measured measured, boolean print) throws IOException {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    String said = measured.run();
    Cost cost =
        new Cost(
            (System.nanoTime() - begun) / 1e9,
            (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9);
    if (print) {
      System.out.printf(Locale.ROOT, "%.3f s: %s%n", cost.processorSeconds(), said);
    }
    return cost;
  }

  private String pull() throws IOException {
    StringBuilder said = new StringBuilder();
    for (List<TypedRequest> ofKind : requests) {
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long bytes = 0;
      firstObject = 0;
      for (TypedRequest request : ofKind) {
        bytes += serve(request);
      }
      said.append(
          String.format(
              Locale.ROOT,
              "%n  %s: %.3f s, first bytes after %.4f s, %,d bytes",
              ofKind.get(0).command(),
              (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9,
              firstObject / 1e9,
              bytes));
    }
    return said.toString();
  }

  private long serve(TypedRequest request) throws IOException {
    ClientReactor client =
        new ClientReactor(
            WireLimits.defaults(),
            ContentEncodings.named("zstd-8mb"),
            ContentEncodings.named("identity").preferred().get(0));
    client.call(CommandRequest.of(request.command(), request.arguments()), false);
    Authorization authorization =
        new Authorization(
            AccessControl.pullOnly(), Caller.of(ClientConnection.UNKNOWN, "", ""), repository);
    long begun = System.nanoTime();
    try (client;
        CommandExchange exchange =
            new CommandExchange(
                options, authorization, CommandScope.anyCommands(Permission.PULL))) {
      for (ByteBuffer out = client.pollOutput(); out != null; out = client.pollOutput()) {
        while (out.hasRemaining()) {
          int length = Math.min(PIECE, out.remaining());
          exchange.receive(out.slice(out.position(), length));
          out.position(out.position() + length);
        }
      }
      exchange.endOfInput();
      long bytes = 0;
      for (ByteBuffer out = exchange.nextOutput(); out != null; out = exchange.nextOutput()) {
        if (bytes == 0 && out.hasRemaining() && firstObject == 0) {
          firstObject = System.nanoTime() - begun;
        }
        bytes += out.remaining();
      }
      if (!exchange.finished()) {
        throw new IOException("the exchange is not finished");
      }
      return bytes;
    }
  }
}
