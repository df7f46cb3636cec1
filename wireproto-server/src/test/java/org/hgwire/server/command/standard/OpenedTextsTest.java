// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.revision.Delta;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often the texts of a store are opened while a series of its revisions is sent. */
class OpenedTextsTest {
  private static final String LINES = "a line that all the revisions have\n".repeat(600);
  private static final RevisionSeries.Options ALL =
      new RevisionSeries.Options(true, false, true, false, false, 1 << 20);

  private final Store store = new Store();

  @Test
  void storedDeltasOpenNoText() throws IOException {
    store.add(0, -1, -1, LINES, null);
    IntStream.range(1, 50).forEach(i -> store.add(i, i - 1, -1, LINES + i, i - 1));
    assertThat(withoutBase(IntStream.range(0, 50))).containsExactly(node(0));
    assertThat(store.opened).containsExactly(node(0));
  }

  @Test
  void deltasThatAreMadeOpenEachTextOnce() throws IOException {
    store.add(0, -1, -1, LINES, null);
    IntStream.range(1, 50).forEach(i -> store.add(i, i - 1, -1, LINES + i, null));
    assertThat(withoutBase(IntStream.range(0, 50))).hasSize(1);
    // the text of the first is streamed, and read again to make a delta from it
    assertThat(store.opened).hasSize(51).startsWith(node(0), node(0), node(1));
  }

  @Test
  void mergeOpensItsOwnTextOnce() throws IOException {
    String other = "what only the first parent has\n".repeat(600);
    store.add(0, -1, -1, other, null);
    store.add(1, -1, -1, LINES, null);
    store.add(2, 0, 1, LINES + 2, null);
    assertThat(withoutBase(IntStream.range(0, 3))).hasSize(2);
    assertThat(store.opened).filteredOn(node(2)::equals).hasSize(1);
  }

  @Test
  void storedDeltaAgainstWhatTheClientLacksIsReplaced() throws IOException {
    store.add(0, -1, -1, LINES, null);
    store.add(1, 0, -1, LINES + 1, 0);
    store.add(2, 0, -1, LINES + 2, 1);
    assertThat(withoutBase(IntStream.of(0, 2))).containsExactly(node(0));
    assertThat(store.opened).containsExactly(node(0), node(0), node(2));
  }

  /** What is appended to a short text makes a delta that is about as long as the text. */
  @Test
  void storedDeltaIsSentAlsoIfItSavesLittle() throws IOException {
    store.add(0, -1, -1, "a short text\n", null);
    store.add(1, 0, -1, "a short text\n" + LINES, 0);
    assertThat(withoutBase(IntStream.range(0, 2))).hasSize(1);
    assertThat(store.opened).containsExactly(node(0));
  }

  private static Node node(int number) {
    return new Node(number + 1, 0, 0);
  }

  /** Sends the revisions, checks the data of each, and returns those that are no delta. */
  private List<Node> withoutBase(IntStream revisions) throws IOException {
    List<ServedRevision> served =
        revisions.mapToObj(i -> ServedRevision.of(store.revision(i), i)).toList();
    RevisionSeries series =
        new RevisionSeries(new LongLine(0, 0), store, ServedRevisions.of(served), ALL);
    Map<Node, ByteString> received = new HashMap<>();
    List<Node> texts = new ArrayList<>();
    for (ResponseObject object = series.next(); object != null; object = series.next()) {
      RevisionRecord record = RevisionRecord.read(((ResponseObject.Value) object).value());
      ByteString data = data(Objects.requireNonNull(series.next()));
      Node base = record.deltaBase();
      if (base == null) {
        texts.add(record.node());
      } else {
        assertThat(received).containsKey(base);
        data =
            ByteString.copyOf(
                Delta.apply(
                    Objects.requireNonNull(received.get(base)).asByteBuffer(),
                    data.asByteBuffer(),
                    1 << 20));
      }
      assertThat(data).isEqualTo(store.texts.get(record.node()));
      received.put(record.node(), data);
    }
    return texts;
  }

  private static ByteString data(ResponseObject object) throws IOException {
    if (object instanceof ResponseObject.Value value) {
      return ((CborBytes) value.value()).value();
    }
    try (InputStream content = ((ResponseObject.DefiniteBytes) object).content()) {
      return ByteString.copyOf(content.readAllBytes());
    }
  }

  /** A store that notes which texts are opened. */
  private static final class Store implements RevisionStore {
    final Map<Node, ByteString> texts = new HashMap<>();
    final List<Node> opened = new ArrayList<>();
    private final Map<Node, StoredRevision> revisions = new HashMap<>();

    void add(int number, int parent1, int parent2, String text, @Nullable Integer base) {
      texts.put(node(number), ByteString.utf8(text));
      revisions.put(node(number), new Revision(number, parent1, parent2, base));
    }

    StoredRevision revision(int number) {
      return Objects.requireNonNull(revisions.get(node(number)));
    }

    @Override
    public @Nullable StoredRevision find(Node node) {
      return revisions.get(node);
    }

    private final class Revision implements StoredRevision {
      private final int number;
      private final int parent1;
      private final int parent2;
      private final @Nullable Integer base;

      Revision(int number, int parent1, int parent2, @Nullable Integer base) {
        this.number = number;
        this.parent1 = parent1;
        this.parent2 = parent2;
        this.base = base;
      }

      private ByteString text(int revision) {
        return Objects.requireNonNull(texts.get(OpenedTextsTest.node(revision)));
      }

      @Override
      public Node node() {
        return OpenedTextsTest.node(number);
      }

      @Override
      public Node parent1() {
        return parent1 < 0 ? Node.NULL : OpenedTextsTest.node(parent1);
      }

      @Override
      public Node parent2() {
        return parent2 < 0 ? Node.NULL : OpenedTextsTest.node(parent2);
      }

      @Override
      public IntStream links() {
        return IntStream.of(number);
      }

      @Override
      public long size() {
        return text(number).length();
      }

      @Override
      public InputStream open() {
        opened.add(node());
        return new ByteArrayInputStream(text(number).toByteArray());
      }

      @Override
      public @Nullable StoredDelta delta() {
        return base == null
            ? null
            : new StoredDelta(OpenedTextsTest.node(base), Delta.between(text(base), text(number)));
      }
    }
  }
}
