// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReopenedRevlogTest {
  private static final RevlogLimits LIMITS = new RevlogLimits(1 << 20, 1000, 100_000);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 0",
    "1, 1",
    "30, 5",
    "40, 1",
    "40, 40",
    "4095, 1",
    "4096, 0",
    "4096, 1",
    "4096, 8000",
    "9000, 1",
    "9000, 33",
    "9000, 20000"
  })
  void appendedRevisionsAreFound(int before, int appended) throws IOException {
    RevlogWriter writer = RevlogWriter.split();
    grow(writer, before);
    Path index = writer.write(directory.resolve("00.i"));
    try (Revlog older = Revlog.open(index, LIMITS)) {
      assertFinds(older, writer, before);
      grow(writer, appended);
      writer.write(index);
      try (Revlog newer = older.reopen()) {
        assertThat(newer.continues(older)).isTrue();
        assertThat(older.continues(newer)).isEqualTo(appended == 0);
        assertFinds(newer, writer, before + appended);
        assertFinds(older, writer, before);
        assertThat(newer.text(newer.count() - 1)).isEqualTo(writer.text(newer.count() - 1));
      }
    }
  }

  @Test
  void tableIsExtendedOverAndOver() throws IOException {
    RevlogWriter writer = RevlogWriter.split();
    grow(writer, 40);
    Path index = writer.write(directory.resolve("00.i"));
    Revlog current = Revlog.open(index, LIMITS);
    for (int i = 0; i < 300; i++) {
      assertFinds(current, writer, writer.count());
      grow(writer, 7);
      writer.write(index);
      Revlog newer = current.reopen();
      current.close();
      current = newer;
    }
    assertFinds(current, writer, writer.count());
    current.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 4095, 4096, 8998})
  void rewrittenRevisionsAreNotMistakenForOldOnes(int changed) throws IOException {
    RevlogWriter writer = RevlogWriter.split();
    grow(writer, 9000);
    Path index = writer.write(directory.resolve("00.i"));
    try (Revlog older = Revlog.open(index, LIMITS)) {
      assertFinds(older, writer, 9000);
      Node node = writer.entry(changed).node();
      writer.change(changed, entry -> entry.withNode(new Node(1, 2, 3)));
      grow(writer, 10);
      writer.write(index);
      try (Revlog newer = older.reopen()) {
        assertThat(newer.continues(older)).isFalse();
        assertFinds(newer, writer, 9010);
        assertThat(newer.find(node)).isEqualTo(Revlog.NONE);
        assertThat(older.find(node)).isEqualTo(changed);
      }
    }
  }

  @Test
  void cutRevisionsAreNotThere() throws IOException {
    RevlogWriter writer = RevlogWriter.split();
    grow(writer, 9000);
    Path index = writer.write(directory.resolve("00.i"));
    try (Revlog older = Revlog.open(index, LIMITS)) {
      assertFinds(older, writer, 9000);
      Files.write(index, Arrays.copyOf(Files.readAllBytes(index), 8500 * 64));
      try (Revlog newer = older.reopen()) {
        assertThat(newer.continues(older)).isFalse();
        assertThat(older.continues(newer)).isTrue();
        assertFinds(newer, writer, 8500);
        assertThat(newer.find(writer.entry(8500).node())).isEqualTo(Revlog.NONE);
      }
      Files.delete(index);
      assertThatThrownBy(older::reopen).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void splitRevlogDoesNotContinueTheInlineOne() throws IOException {
    RevlogWriter inline = RevlogWriter.inline();
    grow(inline, 50);
    Path index = inline.write(directory.resolve("00.i"));
    try (Revlog older = Revlog.open(index, LIMITS)) {
      RevlogWriter split = RevlogWriter.split();
      grow(split, 51);
      split.write(index);
      try (Revlog newer = older.reopen()) {
        assertThat(newer.continues(older)).isFalse();
        assertFinds(newer, split, 51);
        assertFinds(older, inline, 50);
        assertThat(older.text(49)).isEqualTo(inline.text(49));
      }
    }
  }

  @Test
  void equalEntriesAreHeldOnce() throws IOException {
    RevlogWriter writer = RevlogWriter.split();
    grow(writer, 9000);
    Path index = writer.write(directory.resolve("00.i"));
    IndexReader reader = new IndexReader(index, LIMITS, new RevlogFaults(index));
    RevisionIndex older = reader.read(Files.size(index), null).index();
    RevisionIndex newer = reader.read(Files.size(index), older).index();
    assertThat(newer.segment(0)).isSameAs(older.segment(0));
    assertThat(newer.segment(1)).isSameAs(older.segment(1));
    assertThat(newer.segment(2)).isNotSameAs(older.segment(2)).isEqualTo(older.segment(2));
  }

  private static void grow(RevlogWriter writer, int revisions) {
    for (int i = 0; i < revisions; i++) {
      writer.add(ByteString.utf8("text " + writer.count()), ChunkForm.RAW);
    }
  }

  private static void assertFinds(Revlog revlog, RevlogWriter writer, int count) {
    assertThat(revlog.count()).isEqualTo(count);
    for (int r = 0; r < writer.count(); r++) {
      int expected = r < count ? r : Revlog.NONE;
      if (revlog.find(writer.entry(r).node()) != expected) {
        assertThat(revlog.find(writer.entry(r).node())).isEqualTo(expected);
      }
    }
  }
}
