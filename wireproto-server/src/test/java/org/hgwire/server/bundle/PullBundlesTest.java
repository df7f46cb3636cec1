// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleEncoder;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.PullBundle;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PullBundlesTest {
  private static final BundleFormat V02 = Bundles.hg20(ChangegroupVersion.V02);
  private static final BundleParts PULL =
      new BundleParts(true, true, List.of(ByteString.utf8("bookmarks")), Set.of(), true);

  private final MemoryRepository repository = MemoryRepository.publishing();
  private final List<Node> nodes = new ArrayList<>();
  private final List<PullBundle> ready = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final PullBundles checks = new PullBundles(WireLimits.defaults());
  private Set<BundleCompression> read = EnumSet.allOf(BundleCompression.class);

  /** A bundle in memory. */
  private record Ready(
      String name, List<Node> heads, List<Node> bases, ByteString content, AtomicInteger opened)
      implements PullBundle {
    Ready(String name, List<Node> heads, List<Node> bases, byte[] bytes) {
      this(name, heads, bases, ByteString.copyOf(bytes), new AtomicInteger());
    }

    byte[] bytes() {
      return content.toByteArray();
    }

    @Override
    public Object identity() {
      return name;
    }

    @Override
    public long size() {
      return content.length();
    }

    @Override
    public InputStream open() throws IOException {
      if (content.isEmpty()) {
        throw new IOException("the bundle " + name + " does not exist");
      }
      opened.incrementAndGet();
      return new ByteArrayInputStream(bytes());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void commit() {
    for (int i = 0; i < 10; i++) {
      nodes.add(repository.commit().write("f" + i, "text " + i + "\n").message("c" + i).commit());
    }
  }

  private Repository withBundles() {
    return () -> {
      RepositorySnapshot snapshot = repository.snapshot();
      return (RepositorySnapshot)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {RepositorySnapshot.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("pullBundles")) {
                  return ready;
                }
                try {
                  return method.invoke(snapshot, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    };
  }

  private byte[] bundle(BundleFormat format, List<Node> heads, List<Node> bases)
      throws IOException {
    return Bundles.read(
        repository, new BundleRequest(heads, bases, format, BundleParts.changegroupOnly()));
  }

  private Ready ready(int head, List<Node> bases) throws IOException {
    List<Node> heads = List.of(nodes.get(head));
    return new Ready("b" + ready.size(), heads, bases, bundle(V02, heads, bases));
  }

  private BundleSource open(int head, List<Node> common, BundleFormat format, BundleParts parts)
      throws IOException {
    return BundleSource.open(
        withBundles(),
        new BundleRequest(List.of(nodes.get(head)), common, format, parts),
        CommandSettings.defaults(),
        WireLimits.defaults(),
        new PullBundleOffer(checks, read, fault -> faults.add(fault.getMessage())));
  }

  /** Returns the bundle that was sent unchanged, or null if one was made. */
  private byte[] sent(int head, List<Node> common, BundleFormat format, BundleParts parts)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BundleSource source = open(head, common, format, parts)) {
      for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
        assertThat(piece.remaining()).isLessThanOrEqualTo(64 * 1024);
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.writeBytes(copy);
      }
      if (source.isSentUnchanged()) {
        return bytes.toByteArray();
      }
      Receiver receiver = new Receiver();
      if (!common.isEmpty()) {
        receiver.apply(bundle(V02, common, List.of()));
      }
      if (format instanceof BundleFormat.Bare) {
        receiver.applyChangegroup(bytes.toByteArray());
      } else {
        receiver.apply(bytes.toByteArray());
      }
      if (parts.changegroup()) {
        assertThat(receiver.changesets()).containsKey(nodes.get(head));
      }
      return new byte[0];
    }
  }

  private byte[] sent(int head, List<Node> common) throws IOException {
    return sent(head, common, V02, PULL);
  }

  @Test
  void firstThatFitsIsSentUnchanged() throws IOException {
    Ready first = ready(4, List.of());
    ready.add(first);
    ready.add(ready(3, List.of()));
    ready.add(ready(7, List.of(nodes.get(4))));

    assertThat(sent(9, List.of())).isEqualTo(first.bytes());
    assertThat(sent(9, List.of(nodes.get(4)))).isEqualTo(bytes(2));
    assertThat(sent(9, List.of(nodes.get(7)))).isEmpty();
    assertThat(faults).isEmpty();
  }

  private byte[] bytes(int index) {
    return ((Ready) ready.get(index)).bytes();
  }

  @Test
  void whatDoesNotFitIsNotSent() throws IOException {
    ready.add(ready(4, List.of(nodes.get(1))));
    BundleParts phasesOnly = new BundleParts(true, false, List.of(), Set.of(), true);
    BundleParts none = BundleParts.changegroupOnly();
    List<Node> base = List.of(nodes.get(1));

    assertThat(sent(9, base, V02, phasesOnly)).as("it fits").isEqualTo(bytes(0));
    assertThat(sent(4, base, V02, none)).as("all, without phases").isEqualTo(bytes(0));
    assertThat(sent(9, base, Bundles.hg20(ChangegroupVersion.V03), phasesOnly)).isNotEmpty();

    assertThat(sent(3, base, V02, phasesOnly)).as("head that is not requested").isEmpty();
    assertThat(sent(9, List.of(), V02, phasesOnly)).as("base that is not common").isEmpty();
    assertThat(sent(9, List.of(nodes.get(2)), V02, phasesOnly)).as("some are common").isEmpty();
    assertThat(sent(4, base, V02, phasesOnly)).as("all, with phases").isEmpty();
    assertThat(sent(9, base, V02, none)).as("a part, to who does not pull").isEmpty();
    assertThat(sent(9, base, Bundles.hg20(ChangegroupVersion.V01), phasesOnly))
        .as("an older changegroup")
        .isEmpty();
    assertThat(sent(9, base, new BundleFormat.Bare(), none)).as("no HG20").isEmpty();
    assertThat(sent(9, base, V02, new BundleParts(false, false, List.of(), Set.of(), true)))
        .as("no changegroup")
        .isEmpty();
    assertThat(
            sent(
                9,
                base,
                V02,
                new BundleParts(true, false, List.of(ByteString.utf8("phases")), Set.of(), true)))
        .as("other keys")
        .isEmpty();
    repository.bookmark("bm", nodes.get(0));
    assertThat(sent(9, base, V02, PULL)).as("bookmarks").isEmpty();
    assertThat(sent(9, base, V02, phasesOnly)).as("bookmarks, not requested").isEqualTo(bytes(0));
    assertThat(faults).isEmpty();
  }

  @Test
  void compressionIsOneThatTheClientReads() throws IOException {
    List<Node> heads = List.of(nodes.get(4));
    for (BundleCompression compression : List.of(BundleCompression.ZSTD, BundleCompression.ZLIB)) {
      BundleFormat format = new BundleFormat.Hg20(ChangegroupVersion.V02, compression);
      ready.add(new Ready(compression.code(), heads, List.of(), bundle(format, heads, List.of())));
    }
    assertThat(sent(9, List.of())).isEqualTo(bytes(0));
    read = Set.of(BundleCompression.NONE, BundleCompression.ZLIB);
    assertThat(sent(9, List.of())).isEqualTo(bytes(1));
    read = Set.of(BundleCompression.NONE);
    assertThat(sent(9, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWithheldIsNotSent(boolean hidden) throws IOException {
    Node side =
        repository.commit().parent(nodes.get(3)).write("side", "1\n").message("side").commit();
    List<Node> heads = List.of(nodes.get(4), side);
    ready.add(new Ready("side", heads, List.of(), bundle(V02, heads, List.of())));
    Node merge = repository.commit().parents(nodes.get(9), side).message("merge").commit();
    nodes.add(merge);
    assertThat(sent(10, List.of())).isEqualTo(bytes(0));

    if (hidden) {
      repository.hide(side);
      repository.hide(merge);
    } else {
      repository.phase(merge, Phase.SECRET);
      repository.phase(side, Phase.SECRET);
    }
    assertThat(sent(9, List.of())).isEmpty();
    assertThat(faults).isEmpty();
  }

  @Test
  void damageIsFoundBeforeTheFirstByteAndReportedOnce() throws IOException {
    byte[] whole = ready(4, List.of()).bytes();
    List<Node> heads = List.of(nodes.get(4));
    for (int length : new int[] {0, 1, 20, whole.length / 2, whole.length - 4, whole.length - 1}) {
      ready.add(new Ready("cut" + length, heads, List.of(), Arrays.copyOf(whole, length)));
    }
    ready.add(new Ready("longer", heads, List.of(), Arrays.copyOf(whole, whole.length + 1)));
    int count = ready.size();
    for (int round = 0; round < 2; round++) {
      assertThat(sent(9, List.of())).isEmpty();
      assertThat(faults).hasSize(count).allMatch(fault -> fault.contains("the bundle"));
    }
    ready.add(new Ready("whole", heads, List.of(), whole));
    assertThat(sent(9, List.of())).isEqualTo(whole);
  }

  @Test
  void otherChangesetsThanTheListedOnesAreNotSent() throws IOException {
    List<Node> four = List.of(nodes.get(4));
    ready.add(new Ready("more", four, List.of(), bundle(V02, List.of(nodes.get(5)), List.of())));
    ready.add(new Ready("fewer", four, List.of(), bundle(V02, List.of(nodes.get(3)), List.of())));
    ready.add(new Ready("no base", four, List.of(nodes.get(1)), bundle(V02, four, List.of())));
    ready.add(new Ready("based", four, List.of(), bundle(V02, four, List.of(nodes.get(1)))));
    repository.phase(nodes.get(9), Phase.SECRET);

    assertThat(sent(8, List.of())).isEmpty();
    assertThat(sent(8, List.of(nodes.get(1)))).isEmpty();
    assertThat(faults)
        .containsExactly(
            "the bundle more cannot be sent: it has the changeset "
                + nodes.get(5)
                + " that its heads and bases leave out",
            "the bundle fewer cannot be sent: it lacks 1 changesets between its bases and its"
                + " heads, "
                + nodes.get(4)
                + " among them",
            "the bundle based cannot be sent: it lacks 2 changesets between its bases and its"
                + " heads, "
                + nodes.get(0)
                + " among them",
            "the bundle no base cannot be sent: it has the changeset "
                + nodes.get(0)
                + " that its heads and bases leave out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"obsmarkers", "phase-heads", "bookmarks", "LISTKEYS"})
  void bundleWithOtherPartsIsNotSent(String part) throws IOException {
    byte[] whole = ready(4, List.of()).bytes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(whole, 0, whole.length - Integer.BYTES);
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    try (BundleEncoder encoder =
        BundleEncoder.hg20(
            BundleCompression.NONE,
            piece -> {
              byte[] copy = new byte[piece.remaining()];
              piece.get(copy);
              other.writeBytes(copy);
            })) {
      encoder.part(part, Map.of(), Map.of()).end();
      encoder.end();
    }
    bytes.write(other.toByteArray(), 8, other.size() - 8);
    ready.add(new Ready("parts", List.of(nodes.get(4)), List.of(), bytes.toByteArray()));

    assertThat(sent(9, List.of())).isEmpty();
    assertThat(faults).hasSize(1).allMatch(fault -> fault.contains(part));
  }

  @Test
  void nobodyWaitsForTheCheckOfAnother() throws IOException {
    List<Node> many = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      many.add(repository.commit().message("more " + i).commit());
    }
    nodes.add(many.get(5999));
    List<Node> heads = List.of(many.get(5998));
    Ready large = new Ready("large", heads, List.of(), bundle(V02, heads, List.of()));
    ready.add(large);
    BundleParts pull = new BundleParts(true, false, List.of(), Set.of(), true);
    try (BundleSource slow = open(10, List.of(), V02, pull)) {
      // The check takes more than one turn: when it has begun, it has not ended.
      while (large.opened().get() == 0) {
        assertThat(slow.next()).isNotNull().matches(none -> !none.hasRemaining());
      }
      assertThat(sent(10, List.of(), V02, pull)).isEmpty();
    }
    assertThat(sent(10, List.of(), V02, pull)).as("the first one left").isEqualTo(bytes(0));
  }

  @ParameterizedTest
  @EnumSource(ChangegroupVersion.class)
  void eachVersionOfChangegroupsIsRead(ChangegroupVersion version) throws IOException {
    List<Node> heads = List.of(nodes.get(4));
    ready.add(new Ready("v", heads, List.of(), bundle(Bundles.hg20(version), heads, List.of())));
    assertThat(sent(9, List.of(), Bundles.hg20(ChangegroupVersion.V03), PULL)).isEqualTo(bytes(0));
  }
}
