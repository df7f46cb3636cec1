// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullListener;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSink;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.pull.PulledRevision;
import org.hgwire.client.pull.RepositoryState;
import org.hgwire.client.pull.RevisionKey;
import org.hgwire.client.pull.RevisionKind;
import org.hgwire.client.pull.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/** Pulls from the URL it is given, keeps no file, and prints how much was verified. */
final class LargePull {
  private LargePull() {}

  public static void main(String[] arguments) throws IOException {
    PullOptions options =
        new PullOptions(1000, 4 << 20, 4 << 20, Path.of(arguments[1]), PullListener.NONE);
    try (Peer peer = Peer.connect(URI.create(arguments[0]), PeerOptions.defaults())) {
      PullSummary summary = Pull.run(peer, new ForgetfulSink(), options);
      System.out.println(summary.fileRevisions() + " " + summary.bytesVerified());
    }
  }

  /** Keeps changesets and manifests, and reads the files to their end. */
  private static final class ForgetfulSink implements PullSink {
    private final Map<RevisionKey, Text> kept = new HashMap<>();
    private final Set<RevisionKey> seen = new LinkedHashSet<>();
    private final Set<Node> incomplete = new LinkedHashSet<>();

    private record Text(ByteString bytes) implements RevisionText {
      @Override
      public long length() {
        return bytes.length();
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes.toByteArray());
      }
    }

    @Override
    public Collection<Node> heads() {
      return seen.stream()
          .filter(key -> key.kind() == RevisionKind.CHANGESET)
          .map(RevisionKey::node)
          .toList();
    }

    @Override
    public List<Node> parents(Node changeset) {
      return List.of();
    }

    @Override
    public Iterable<Node> incomplete() {
      return List.copyOf(incomplete);
    }

    @Override
    public boolean has(RevisionKey key) {
      return seen.contains(key);
    }

    @Override
    public @Nullable RevisionText open(RevisionKey key) {
      return kept.get(key);
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      RevisionKey key = revision.key();
      seen.add(key);
      try (InputStream text = revision.text().open()) {
        if (key.kind() == RevisionKind.FILE) {
          text.transferTo(OutputStream.nullOutputStream());
        } else {
          kept.put(key, new Text(ByteString.copyOf(text.readAllBytes())));
        }
      }
      if (key.kind() == RevisionKind.CHANGESET) {
        incomplete.add(key.node());
      }
    }

    @Override
    public void stateReceived(RepositoryState state) {}

    @Override
    public @Nullable RepositoryState state() {
      return null;
    }

    @Override
    public void changesetsCompleted(List<Node> changesets) {
      changesets.forEach(incomplete::remove);
    }

    @Override
    public void close() {}
  }
}
