// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * What our client pulled, byte for byte, as a repository that our server can serve: a repository
 * goes from a real Mercurial through both halves of this project and back.
 */
public final class MirroredRepository
    implements PullSink, Repository, RepositorySnapshot, ChangesetIndex {
  private final boolean publishing;
  private final List<Revision> changesets = new ArrayList<>();
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final BitSet drafts = new BitSet();
  private final Map<Node, Integer> firstWithManifest = new HashMap<>();
  private final Map<Node, Revision> manifests = new HashMap<>();
  private final Map<ByteString, Map<Node, Revision>> files = new HashMap<>();
  private final Map<ByteString, Node> bookmarks = new TreeMap<>();
  private final Set<Node> heads = new LinkedHashSet<>();
  private final Set<Node> incomplete = new LinkedHashSet<>();
  private final ByteString id = ByteString.utf8(UUID.randomUUID().toString());
  private final AtomicLong changes = new AtomicLong();

  private @Nullable RepositoryState state;

  private MirroredRepository(boolean publishing) {
    this.publishing = publishing;
  }

  /** Pulls all that {@code peer} shows into a repository that does not publish. */
  public static MirroredRepository of(Peer peer) throws IOException {
    MirroredRepository mirror = new MirroredRepository(false);
    Pull.run(peer, mirror);
    return mirror;
  }

  /** Returns an empty repository that publishes. */
  public static MirroredRepository empty() {
    return new MirroredRepository(true);
  }

  /** One revision, in memory. */
  private record Revision(
      Node node, Node parent1, Node parent2, List<Integer> introduced, ByteString text)
      implements StoredRevision, RevisionText {
    @Override
    public IntStream links() {
      return introduced.stream().mapToInt(Integer::intValue);
    }

    @Override
    public long size() {
      return text.length();
    }

    @Override
    public long length() {
      return text.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(text.toByteArray());
    }
  }

  private record Store(Map<Node, Revision> revisions) implements RevisionStore {
    @Override
    public @Nullable StoredRevision find(Node node) {
      return revisions.get(node);
    }

    @Override
    public boolean recordsEveryLink() {
      return false;
    }
  }

  // What the pull asks and gives.

  @Override
  public Collection<Node> heads() {
    return List.copyOf(heads);
  }

  @Override
  public List<Node> parents(Node changeset) {
    Revision revision = changesets.get(number(changeset));
    return IntStream.of(number(revision.parent1()), number(revision.parent2()))
        .filter(parent -> parent >= 0)
        .mapToObj(this::node)
        .toList();
  }

  @Override
  public Iterable<Node> incomplete() {
    return List.copyOf(incomplete);
  }

  @Override
  public boolean has(RevisionKey key) {
    return open(key) != null;
  }

  @Override
  public @Nullable RevisionText open(RevisionKey key) {
    return switch (key.kind()) {
      case CHANGESET -> number(key.node()) < 0 ? null : changesets.get(number(key.node()));
      case MANIFEST -> manifests.get(key.node());
      case FILE -> files.getOrDefault(key.path(), Map.of()).get(key.node());
    };
  }

  @Override
  public void accept(PulledRevision pulled) throws IOException {
    changes.incrementAndGet();
    RevisionKey key = pulled.key();
    ByteString text;
    try (InputStream input = pulled.text().open()) {
      text = ByteString.copyOf(input.readAllBytes());
    }
    switch (key.kind()) {
      case CHANGESET -> {
        numbers.put(key.node(), changesets.size());
        changesets.add(revision(pulled, List.of(changesets.size()), text));
        firstWithManifest.putIfAbsent(manifest(count() - 1), count() - 1);
        heads.remove(pulled.firstParent());
        heads.remove(pulled.secondParent());
        heads.add(key.node());
        incomplete.add(key.node());
      }
      case MANIFEST -> {
        Integer number = firstWithManifest.get(key.node());
        if (number == null) {
          throw new IOException("no changeset has the manifest " + key.node());
        }
        manifests.put(key.node(), revision(pulled, List.of(number), text));
      }
      case FILE -> {
        Node link = pulled.linknode();
        if (link == null || number(link) < 0) {
          throw new IOException(key + " is linked to " + link);
        }
        files
            .computeIfAbsent(key.path(), path -> new HashMap<>())
            .put(key.node(), revision(pulled, List.of(number(link)), text));
      }
    }
  }

  private static Revision revision(PulledRevision pulled, List<Integer> links, ByteString text) {
    return new Revision(
        pulled.key().node(), pulled.firstParent(), pulled.secondParent(), links, text);
  }

  @Override
  public synchronized void stateReceived(RepositoryState received) {
    changes.incrementAndGet();
    state = received;
    bookmarks.clear();
    bookmarks.putAll(received.bookmarks());
    drafts.clear();
    for (int revision = 0; revision < count() && !received.publishing(); revision++) {
      boolean below =
          IntStream.of(parent1(revision), parent2(revision))
              .anyMatch(parent -> parent >= 0 && drafts.get(parent));
      drafts.set(revision, below || received.draftRoots().contains(node(revision)));
    }
  }

  @Override
  public synchronized @Nullable RepositoryState state() {
    return state;
  }

  @Override
  public void changesetsCompleted(List<Node> completed) {
    completed.forEach(incomplete::remove);
  }

  // What the server asks.

  @Override
  public RepositorySnapshot snapshot() {
    return this;
  }

  @Override
  public ByteString id() {
    return id;
  }

  @Override
  public ByteString stateId() {
    return ByteString.utf8(Long.toString(changes.get()));
  }

  @Override
  public ChangesetIndex changesets() {
    return this;
  }

  @Override
  public @Nullable RevisionStore manifests(ByteString tree) {
    return tree.isEmpty() ? new Store(manifests) : null;
  }

  @Override
  public @Nullable RevisionStore file(ByteString path) {
    Map<Node, Revision> revisions = files.get(path);
    return revisions == null ? null : new Store(revisions);
  }

  @Override
  public synchronized Map<ByteString, Node> bookmarks() {
    return Map.copyOf(bookmarks);
  }

  @Override
  public synchronized boolean moveBookmark(
      ByteString name, @Nullable Node before, @Nullable Node after) {
    if (!Objects.equals(bookmarks.get(name), before)) {
      return false;
    }
    changes.incrementAndGet();
    if (after == null) {
      bookmarks.remove(name);
    } else {
      bookmarks.put(name, after);
    }
    return true;
  }

  @Override
  public boolean publishing() {
    return publishing;
  }

  @Override
  public int count() {
    return changesets.size();
  }

  @Override
  public Node node(int revision) {
    return changesets.get(revision).node();
  }

  @Override
  public int revision(Node node) {
    return number(node);
  }

  @Override
  public int parent1(int revision) {
    return number(changesets.get(revision).parent1());
  }

  @Override
  public int parent2(int revision) {
    return number(changesets.get(revision).parent2());
  }

  @Override
  public Phase phase(int revision) {
    return drafts.get(revision) ? Phase.DRAFT : Phase.PUBLIC;
  }

  @Override
  public StoredRevision text(int revision) {
    return changesets.get(revision);
  }

  private int number(Node node) {
    return numbers.getOrDefault(node, NONE);
  }

  @Override
  public void close() {}
}
