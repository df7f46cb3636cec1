// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;

/**
 * A server in its own process, of a million changesets in a line whose manifests have a thousand
 * entries each. It prints {@code port N}, then its figures and how often it looked at something for
 * each line of input, and exits at the end of its input.
 */
final class LongLineProcess {
  static final int COUNT = 1_000_000;

  private static final AtomicLong LOOKS = new AtomicLong();
  private static final byte[] MANIFEST =
      IntStream.range(0, 1000)
          .mapToObj(i -> "f%04d\0%040x\n".formatted(i, i + 1))
          .reduce("", String::concat)
          .getBytes(StandardCharsets.US_ASCII);

  private LongLineProcess() {}

  public static void main(String[] arguments) throws IOException {
    Line line = new Line();
    try (HgWireServer server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(() -> line))
                    .limits(
                        WireLimits.defaults()
                            .with(WireLimit.MAX_CBOR_ITEMS, 1 << 20)
                            .with(WireLimit.MAX_HELD_REQUEST_BYTES, 1 << 26))
                    .build())
            .grace(Duration.ofMillis(100))
            .start()) {
      System.out.println("port " + server.port());
      BufferedReader questions =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      while (questions.readLine() != null) {
        System.out.println("looks=" + LOOKS.get() + " " + Figures.line());
      }
    }
  }

  /** Returns the node of a changeset. */
  static Node changeset(int revision) {
    return new Node(revision + 1L, 2, 2);
  }

  private static final class Line implements RepositorySnapshot, ChangesetIndex {
    @Override
    public ChangesetIndex changesets() {
      return this;
    }

    @Override
    public RevisionStore manifests(ByteString tree) {
      return Revision::new;
    }

    @Override
    public RevisionStore file(ByteString path) {
      return Revision::new;
    }

    @Override
    public void close() {
      // nothing is held
    }

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public Node node(int revision) {
      LOOKS.incrementAndGet();
      return changeset(revision);
    }

    @Override
    public int revision(Node node) {
      LOOKS.incrementAndGet();
      return node.middle() == 2 && node.high() <= COUNT ? (int) node.high() - 1 : NONE;
    }

    @Override
    public int parent1(int revision) {
      LOOKS.incrementAndGet();
      return revision - 1;
    }

    @Override
    public int parent2(int revision) {
      return NONE;
    }

    @Override
    public Phase phase(int revision) {
      return Phase.PUBLIC;
    }

    @Override
    public Node manifest(int revision) {
      LOOKS.incrementAndGet();
      return new Node(revision, 3, 3);
    }

    @Override
    public StoredRevision text(int revision) {
      return new Revision(changeset(revision));
    }
  }

  /** A revision of any store. */
  private record Revision(Node node) implements StoredRevision {
    @Override
    public Node parent1() {
      return Node.NULL;
    }

    @Override
    public Node parent2() {
      return Node.NULL;
    }

    @Override
    public IntStream links() {
      return IntStream.of(0);
    }

    @Override
    public long size() {
      return MANIFEST.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(MANIFEST);
    }
  }
}
