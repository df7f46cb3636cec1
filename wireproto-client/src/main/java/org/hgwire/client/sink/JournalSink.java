// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * A sink that appends what it gets to one file: {@link #MAGIC}, then entries as described in {@link
 * JournalEntry}. An entry that was not written completely is dropped when the journal is opened
 * again.
 */
final class JournalSink implements PullSink {
  /** The name of the file in its directory. */
  static final String FILE_NAME = "journal";

  static final String MAGIC = "hgwire journal 2\n";

  private final JournalFile file;
  private final JournalIndex index = new JournalIndex();

  private JournalSink(JournalFile file) {
    this.file = file;
  }

  /** Opens the journal of a directory. */
  static JournalSink open(Path directory) throws IOException {
    return open(JournalFile.open(directory, FILE_NAME));
  }

  /** Opens a journal, which is closed with the sink, or if that fails. */
  static JournalSink open(JournalFile file) throws IOException {
    JournalSink sink = new JournalSink(file);
    boolean opened = false;
    try {
      sink.load();
      opened = true;
      return sink;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private void load() throws IOException {
    ByteBuffer magic = ByteBuffer.wrap(MAGIC.getBytes(StandardCharsets.US_ASCII));
    long length = file.length();
    if (length < magic.limit()) {
      file.truncate(0);
      file.append(magic);
      file.end();
      return;
    }
    ByteBuffer found = ByteBuffer.allocate(magic.limit());
    file.read(0, found);
    if (!found.flip().equals(magic)) {
      throw new IOException(
          "The file " + FILE_NAME + " is not a journal of hgwire; use another directory.");
    }
    long position = magic.limit();
    while (position + JournalEntry.BYTES <= length) {
      JournalEntry entry = JournalEntry.read(file, position);
      if (!entry.fits(length - position)) {
        break;
      }
      index.add(entry, entry.path(file, position), position);
      position += entry.length();
    }
    if (position < length) {
      file.truncate(position);
    }
  }

  @Override
  public Collection<Node> heads() {
    return index.heads();
  }

  @Override
  public List<Node> parents(Node changeset) throws IOException {
    Long position = index.position(RevisionKey.changeset(changeset));
    if (position == null) {
      throw new IOException("the journal has no changeset " + changeset);
    }
    JournalEntry entry = JournalEntry.read(file, position);
    List<Node> parents = new ArrayList<>(2);
    for (Node parent : List.of(entry.firstParent(), entry.secondParent())) {
      if (!parent.isNull()) {
        parents.add(parent);
      }
    }
    return parents;
  }

  @Override
  public Iterable<Node> incomplete() {
    return index.incomplete();
  }

  @Override
  public boolean has(RevisionKey key) {
    return index.has(key);
  }

  @Override
  public @Nullable RevisionText open(RevisionKey key) throws IOException {
    Long position = index.position(key);
    if (position == null) {
      return null;
    }
    JournalEntry entry = JournalEntry.read(file, position);
    return new JournalText(
        file, position + JournalEntry.BYTES + entry.pathLength(), entry.dataLength());
  }

  @Override
  public void accept(PulledRevision revision) throws IOException {
    long position = file.begin();
    JournalEntry entry = JournalEntry.of(revision);
    entry.write(file);
    file.append(revision.key().path().asByteBuffer());
    try (InputStream text = revision.text().open()) {
      file.append(text, entry.dataLength());
    }
    file.end();
    index.add(entry, revision.key().path(), position);
  }

  @Override
  public void stateReceived(RepositoryState state) throws IOException {
    ByteString data = JournalState.write(state);
    JournalEntry entry = JournalEntry.ofState(data.length());
    long position = file.begin();
    entry.write(file);
    file.append(data.asByteBuffer());
    file.end();
    file.force();
    index.add(entry, ByteString.empty(), position);
  }

  @Override
  public @Nullable RepositoryState state() throws IOException {
    Long position = index.statePosition();
    if (position == null) {
      return null;
    }
    JournalEntry entry = JournalEntry.read(file, position);
    ByteBuffer data = ByteBuffer.allocate((int) Math.min(entry.dataLength(), Integer.MAX_VALUE));
    file.read(position + JournalEntry.BYTES, data);
    return JournalState.read(data.flip());
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) throws IOException {
    for (Node changeset : changesets) {
      file.begin();
      JournalEntry.ofCompleted(changeset).write(file);
      file.end();
    }
    file.force();
    changesets.forEach(index::complete);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
