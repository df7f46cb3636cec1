// SPDX-License-Identifier: Apache-2.0
package com.example.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What was pulled from another server, byte for byte, as a repository to serve: the sink of a pull
 * that is a repository. It is held in memory; a mirror of a large repository would put the texts
 * into files or a database.
 *
 * <p>One thread at a time pulls. Clients are served meanwhile, as of the last call of {@link
 * #publish}.
 */
public final class MirroredRepository implements PullSink, Repository {
  private final ByteString id = ByteString.utf8(UUID.randomUUID().toString());

  private final List<MirroredRevision> changesets = new ArrayList<>();
  private final Map<Node, Integer> firstWithManifest = new HashMap<>();
  private final Set<Node> heads = new LinkedHashSet<>();
  private final Set<Node> incomplete = new LinkedHashSet<>();
  private @Nullable RepositoryState state;
  private boolean changed;

  // The maps that snapshots read while a pull adds to them.
  private final Map<Node, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Node, MirroredRevision> manifests = new ConcurrentHashMap<>();
  private final Map<ByteString, Map<Node, MirroredRevision>> files = new ConcurrentHashMap<>();

  private MirrorSnapshot published = MirrorSnapshot.of(List.of(), numbers, manifests, files, null);

  /** Returns a mirror of everything that {@code peer} has. */
  public static MirroredRepository of(Peer peer) throws IOException {
    MirroredRepository mirror = new MirroredRepository();
    mirror.pull(peer);
    return mirror;
  }

  /** Pulls everything that {@code peer} has and the mirror does not, and publishes it. */
  public PullSummary pull(Peer peer) throws IOException {
    PullSummary summary = Pull.run(peer, this);
    publish();
    return summary;
  }

  /** Serves everything that was pulled so far. Snapshots that are open do not change. */
  public void publish() {
    if (changed) {
      MirrorSnapshot next = MirrorSnapshot.of(changesets, numbers, manifests, files, state);
      synchronized (this) {
        published = next;
      }
      changed = false;
    }
  }

  // The sink: what the pull reads and writes, on its thread.

  @Override
  public Collection<Node> heads() {
    return List.copyOf(heads);
  }

  @Override
  public List<Node> parents(Node changeset) {
    Integer number = numbers.get(changeset);
    if (number == null) {
      throw new IllegalArgumentException("the changeset " + changeset + " was not pulled");
    }
    MirroredRevision revision = changesets.get(number);
    return Stream.of(revision.parent1(), revision.parent2()).filter(numbers::containsKey).toList();
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
      case CHANGESET -> {
        Integer number = numbers.get(key.node());
        yield number == null ? null : changesets.get(number);
      }
      case MANIFEST -> manifests.get(key.node());
      case FILE -> files.getOrDefault(key.path(), Map.of()).get(key.node());
    };
  }

  @Override
  public void accept(PulledRevision pulled) throws IOException {
    changed = true;
    RevisionKey key = pulled.key();
    ByteString text;
    try (InputStream input = pulled.text().open()) {
      text = ByteString.copyOf(input.readAllBytes());
    }
    switch (key.kind()) {
      case CHANGESET -> {
        int number = changesets.size();
        changesets.add(revision(pulled, number, text));
        numbers.put(key.node(), number);
        firstWithManifest.putIfAbsent(ChangesetText.manifestOf(text), number);
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
        manifests.put(key.node(), revision(pulled, number, text));
      }
      case FILE -> {
        Node linknode = pulled.linknode();
        Integer link = linknode == null ? null : numbers.get(linknode);
        if (link == null) {
          throw new IOException("no changeset introduced " + key);
        }
        files
            .computeIfAbsent(key.path(), path -> new ConcurrentHashMap<>())
            .put(key.node(), revision(pulled, link, text));
      }
    }
  }

  private static MirroredRevision revision(PulledRevision pulled, int link, ByteString text) {
    return new MirroredRevision(
        pulled.key().node(), pulled.firstParent(), pulled.secondParent(), link, text);
  }

  @Override
  public void changesetsCompleted(List<Node> completed) {
    completed.forEach(incomplete::remove);
  }

  @Override
  public void stateReceived(RepositoryState received) {
    changed = true;
    state = received;
  }

  @Override
  public @Nullable RepositoryState state() {
    return state;
  }

  @Override
  public void close() {}

  // The repository: what the server reads, on its threads.

  @Override
  public synchronized RepositorySnapshot snapshot() {
    return published;
  }

  @Override
  public ByteString id() {
    return id;
  }

  /** Moves a bookmark of the mirror, until a pull brings other bookmarks. */
  @Override
  public synchronized boolean moveBookmark(
      ByteString name, @Nullable Node before, @Nullable Node after) {
    MirrorSnapshot next = published.withBookmark(name, before, after);
    if (next == null) {
      return false;
    }
    published = next;
    return true;
  }
}
