// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** A revision of a revlog: its number, and what the index has of it. */
final class RevlogRevision implements StoredRevision {
  /** The length in bytes of a delta that is sent as it is stored. */
  private static final int MAX_DELTA = 1 << 20;

  private final LogSource source;
  private final Revlog index;
  private final int revision;

  /**
   * Makes the revision.
   *
   * @param index the revlog as it was when the revision was found; may be closed since
   */
  RevlogRevision(LogSource source, Revlog index, int revision) {
    this.source = source;
    this.index = index;
    this.revision = revision;
  }

  /** Returns whether what is stored of it is a delta against the revision {@code base}. */
  boolean isDeltaAgainst(Node base) {
    int number = index.base(revision);
    return number != Revlog.NONE && index.node(number).equals(base);
  }

  @Override
  public Node node() {
    return index.node(revision);
  }

  @Override
  public Node parent1() {
    return nodeOf(index.parent1(revision));
  }

  @Override
  public Node parent2() {
    return nodeOf(index.parent2(revision));
  }

  private Node nodeOf(int number) {
    return number == Revlog.NONE ? Node.NULL : index.node(number);
  }

  @Override
  public IntStream links() {
    return IntStream.of(index.link(revision));
  }

  @Override
  public int firstLink() {
    return index.link(revision);
  }

  @Override
  public int flags() {
    return index.flags(revision);
  }

  @Override
  public long size() {
    return index.size(revision);
  }

  /** Returns the revlog, open again if it was closed. */
  private Revlog log() throws IOException {
    Revlog log = source.log();
    if (log == null
        || log.count() <= revision
        || (log != index && !log.node(revision).equals(node()))) {
      throw source.explain(
          new StoreException(
              StoreException.Kind.DAMAGED,
              "the revision " + node() + " is no longer in its revlog"));
    }
    return log;
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new Explained(log().open(revision), source);
    } catch (IOException e) {
      throw source.explain(e);
    }
  }

  /** Returns the text. */
  ByteString text() throws IOException {
    try {
      return log().text(revision);
    } catch (IOException e) {
      throw source.explain(e);
    }
  }

  /**
   * Returns the chunk if it is a delta; one that is against a revision with flags, such as a
   * censored one, cannot be applied by a client that has the text of the other.
   */
  @Override
  public @Nullable StoredDelta delta() throws IOException {
    int base = index.base(revision);
    if (base == Revlog.NONE
        || index.flags(revision) != 0
        || index.flags(base) != 0
        || index.storedLength(revision) > MAX_DELTA) {
      return null;
    }
    try {
      ByteBuffer chunk = log().chunk(revision);
      return chunk.remaining() > MAX_DELTA
          ? null
          : new StoredDelta(index.node(base), ByteString.copyOf(chunk));
    } catch (IOException e) {
      throw source.explain(e);
    }
  }

  /** A text whose failures are explained. */
  private static final class Explained extends FilterInputStream {
    private final LogSource source;

    Explained(InputStream text, LogSource source) {
      super(text);
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw source.explain(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw source.explain(e);
      }
    }
  }
}
